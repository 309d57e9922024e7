package io.github.moodlemcp.server.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlarmsTest {
    private final Alarms alarms = new Alarms();
    private final List<String> gone = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        alarms.close();
    }

    @Test
    void anAlarmGoesOffOnceAndNotTooEarly() {
        AtomicLong wentOff = new AtomicLong();
        long set = System.nanoTime();
        alarms.after(Duration.ofMillis(120), () -> wentOff.set(System.nanoTime()));
        alarms.after(Duration.ofMillis(60), () -> gone.add("earlier"));
        alarms.after(Duration.ofMillis(240), () -> gone.add("later"));

        await().until(() -> gone.contains("later"));

        assertThat(gone).containsExactlyInAnyOrder("earlier", "later");
        assertThat(wentOff.get() - set).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(120));
    }

    @Test
    void whatIsCalledOffNeverGoesOff() {
        Alarms.Alarm calledOff = alarms.after(Duration.ofMillis(50), () -> gone.add("called off"));
        calledOff.close();
        alarms.after(Duration.ofMillis(150), () -> gone.add("later"));

        await().until(() -> gone.contains("later"));

        assertThat(gone).containsExactly("later");
    }

    @Test
    void anActionThatFailsDoesNotEndTheOthers() {
        alarms.after(Duration.ZERO, () -> {
            throw new IllegalStateException("as the test wants it");
        });
        alarms.after(Duration.ofMillis(60), () -> gone.add("after it"));

        await().until(() -> gone.contains("after it"));
    }

    @Test
    void theThreadThatSleptIsWokenByTheNextAlarm() {
        await().until(alarms::isAsleep);

        alarms.after(Duration.ofMillis(-1), () -> gone.add("at once"));

        await().until(() -> gone.contains("at once"));
    }

    @Test
    void manyThreadsMaySetAlarmsAtOnce() throws InterruptedException {
        int threads = 8;
        int each = 500;
        CountDownLatch allGone = new CountDownLatch(threads * each / 2);
        for (int i = 0; i < threads; i++) {
            Thread.ofVirtual().start(() -> {
                for (int n = 0; n < each; n += 2) {
                    alarms.after(Duration.ofMillis(n % 40), allGone::countDown);
                    alarms.after(Duration.ofMillis(n % 40 + 200), () -> gone.add("called off"))
                            .close();
                }
            });
        }

        assertThat(allGone.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(gone).isEmpty();
    }
}
