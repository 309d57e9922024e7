package io.github.moodlemcp.distribution.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RequestPaceTest {
    private static final Duration LITTLE = Duration.ofMillis(1);

    /** Near its end, where sums of the clock overflow. */
    private long now = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();

    private final RequestPace pace = new RequestPace(now);

    @Test
    void aConnectionThatSaysNothingIsTooSlow() {
        after(RequestPace.HEAD);
        assertThat(pace.isTooSlow(false, now)).isFalse();
        after(LITTLE);
        assertThat(pace.isTooSlow(false, now)).isTrue();
    }

    @Test
    void theBytesOfAHeadBuyNoTime() {
        after(RequestPace.HEAD);
        pace.came(true, 1, now);
        pace.came(false, 1, now);
        after(LITTLE);

        assertThat(pace.isTooSlow(true, now)).isTrue();
    }

    @Test
    void aConnectionMayPauseBetweenRequests() {
        pace.came(true, 100, now);
        pace.understood(true, now);
        after(Duration.ofMinutes(1));

        assertThat(pace.isTooSlow(false, now)).isFalse();
    }

    @Test
    void theHeadOfALaterRequestIsTimedFromItsFirstByte() {
        pace.came(true, 100, now);
        pace.understood(true, now);
        after(Duration.ofMinutes(1));
        pace.came(true, 1, now);
        after(RequestPace.HEAD);
        pace.came(false, 1, now);

        assertThat(pace.isTooSlow(true, now)).isFalse();
        after(LITTLE);
        assertThat(pace.isTooSlow(true, now)).isTrue();
    }

    @Test
    void aBodyHasItsTimeAndMoreForWhatCame() {
        pace.came(true, 100, now);
        pace.understood(false, now);
        after(RequestPace.BODY);
        assertThat(pace.isTooSlow(true, now)).isFalse();
        after(LITTLE);
        assertThat(pace.isTooSlow(true, now)).isTrue();

        pace.came(false, (int) RequestPace.BODY_BYTES_A_SECOND * 3, now);
        pace.understood(false, now);
        assertThat(pace.isTooSlow(true, now)).isFalse();
        after(Duration.ofSeconds(3));
        assertThat(pace.isTooSlow(true, now)).isTrue();
    }

    /** As when the rest of a body is skipped, which only the codec sees. */
    @Test
    void aBodyWhoseEndNobodySawIsNotDueAnyMore() {
        pace.came(true, 100, now);
        pace.understood(false, now);
        after(Duration.ofMinutes(1));

        assertThat(pace.isTooSlow(false, now)).isFalse();
        assertThat(pace.isTooSlow(true, now)).isFalse();
    }

    /** As when a part of the next request came together with the one before. */
    @Test
    void aHeadWhoseBeginningNobodySawIsTimedFromWhenItWasSeen() {
        pace.came(true, 100, now);
        pace.understood(true, now);
        after(Duration.ofMinutes(1));

        assertThat(pace.isTooSlow(true, now)).isFalse();
        after(RequestPace.HEAD.plus(LITTLE));
        assertThat(pace.isTooSlow(true, now)).isTrue();
    }

    private void after(Duration time) {
        now += time.toNanos();
    }
}
