package io.github.moodlemcp.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class DefaultBrowsersTest {
    private static final UUID ANNA = UUID.randomUUID();

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private Optional<String> stored = Optional.of("b-1");

    private final DefaultBrowsers defaults = over(account -> {
        asked.incrementAndGet();
        return stored;
    });

    @Test
    void theDatabaseIsAskedOnceInFiveSeconds() {
        defaults.of(ANNA);
        now.addAndGet(Duration.ofSeconds(5).toNanos() - 1);
        stored = Optional.of("b-2");
        assertThat(defaults.of(ANNA)).contains("b-1");
        assertThat(asked).hasValue(1);
        now.incrementAndGet();
        assertThat(defaults.of(ANNA)).contains("b-2");
        assertThat(defaults.of(UUID.randomUUID())).contains("b-2");
        assertThat(asked).hasValue(3);
    }

    @Test
    void aChangeShowsAtOnce() {
        defaults.of(ANNA);
        stored = Optional.empty();
        defaults.changed(ANNA);
        assertThat(defaults.of(ANNA)).isEmpty();
    }

    @Test
    void whatWasReadBeforeAChangeIsNotKeptAfterIt() {
        DefaultBrowsers[] racing = new DefaultBrowsers[1];
        racing[0] = over(account -> {
            Optional<String> read = stored;
            if (asked.getAndIncrement() == 0) {
                stored = Optional.of("b-2");
                racing[0].changed(ANNA);
            }
            return read;
        });
        racing[0].of(ANNA);
        assertThat(racing[0].of(ANNA)).contains("b-2");
    }

    @Test
    void onlyTheLastTenThousandAreKept() {
        defaults.of(ANNA);
        for (int account = 0; account < 10_000; account++) {
            defaults.of(new UUID(0, account));
        }
        stored = Optional.of("b-2");

        assertThat(defaults.of(ANNA)).contains("b-2");
    }

    private DefaultBrowsers over(Function<UUID, Optional<String>> source) {
        return new DefaultBrowsers(source, now::get);
    }
}
