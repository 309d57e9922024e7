package io.github.moodlemcp.server.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.server.jakarta.FrameLimit.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FrameLimitTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /** The monotonic clock may be anywhere, and may be about to overflow. */
    private static final long START = Long.MAX_VALUE - 30 * SECOND;

    private final FrameLimit limit = new FrameLimit(60);

    @Test
    void sixtyAreFineTheNextWarnsAndTwiceAsManyClose() {
        for (int frame = 1; frame <= 60; frame++) {
            assertThat(limit.count(START + frame)).as("frame %s", frame).isEqualTo(Verdict.FINE);
        }
        assertThat(limit.count(START + 61)).isEqualTo(Verdict.WARN);
        for (int frame = 62; frame < 120; frame++) {
            assertThat(limit.count(START + frame)).as("frame %s", frame).isEqualTo(Verdict.FINE);
        }
        assertThat(limit.count(START + 120)).isEqualTo(Verdict.CLOSE);
    }

    @Test
    void oneASecondIsFineForEver() {
        for (int second = 0; second < 600; second++) {
            assertThat(limit.count(START + second * SECOND)).isEqualTo(Verdict.FINE);
        }
    }

    @Test
    void aFrameIsForgottenAfterExactlySixtySeconds() {
        LongStream.rangeClosed(1, 60).forEach(frame -> limit.count(START));

        assertThat(limit.count(START + 60 * SECOND)).isEqualTo(Verdict.FINE);

        FrameLimit sooner = new FrameLimit(60);
        LongStream.rangeClosed(1, 60).forEach(frame -> sooner.count(START));
        assertThat(sooner.count(START + 60 * SECOND - 1)).isEqualTo(Verdict.WARN);
    }

    @Test
    void aNewWarningComesOnlyAfterTheRateWasFine() {
        LongStream.rangeClosed(1, 60).forEach(limit::count);

        assertThat(limit.count(61)).isEqualTo(Verdict.WARN);
        assertThat(limit.count(62)).isEqualTo(Verdict.FINE);
        assertThat(limit.count(70 * SECOND)).isEqualTo(Verdict.FINE);
        LongStream.rangeClosed(1, 59).forEach(frame -> limit.count(70 * SECOND + frame));
        assertThat(limit.count(71 * SECOND)).isEqualTo(Verdict.WARN);
    }

    /** The same as counting all frames of the last 60 seconds anew for each. */
    @Test
    void itAgreesWithCountingAnew() {
        Random random = new Random(42);
        for (int run = 0; run < 200; run++) {
            FrameLimit small = new FrameLimit(3);
            List<Long> came = new ArrayList<>();
            long now = START;
            for (int frame = 0; frame < 50; frame++) {
                now += random.nextLong(30 * SECOND);
                came.add(now);
                long latest = now;
                long recent = came.stream()
                        .filter(time -> latest - time < 60 * SECOND)
                        .count();
                Verdict verdict = small.count(now);
                assertThat(verdict == Verdict.CLOSE).isEqualTo(recent >= 6);
                if (verdict == Verdict.WARN) {
                    assertThat(recent).isGreaterThan(3);
                }
            }
        }
    }
}
