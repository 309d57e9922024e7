package io.github.moodlemcp.testkit.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.server.spi.RateLimiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The rules of {@link RateLimiter}: extend it for your limiter. Each test is named for its rule. */
public abstract class RateLimiterContract {
    private static final AccountId ANNA = new AccountId("anna");
    private static final AccountId BEN = new AccountId("ben");
    private static final int LIMIT = 20;
    private static final Duration WINDOW = Duration.ofSeconds(60);

    /** Not zero, and close to where the monotonic clock overflows. */
    private final AtomicLong now =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(90).toNanos());

    private RateLimiter limiter;

    /** For the subclass alone. */
    protected RateLimiterContract() {}

    /** A limiter that has seen nothing, over this clock in nanoseconds. */
    protected abstract RateLimiter newLimiter(int limit, Duration window, LongSupplier nanoTime);

    @BeforeEach
    void makeLimiter() {
        limiter = newLimiter(LIMIT, WINDOW, now::get);
    }

    @Test
    @DisplayName("RATE-1 and RATE-2: in any window as many as the limit are admitted, and never more")
    void rate1() {
        List<Long> admitted = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            now.addAndGet(random.nextInt(10) == 0 ? random.nextLong(WINDOW.toNanos()) : random.nextLong(500_000_000));
            long at = now.get();
            long counted = admitted.stream()
                    .filter(time -> at - time < WINDOW.toNanos())
                    .count();
            boolean isAdmitted = limiter.admit(ANNA, 1) instanceof RateLimiter.Admitted;
            assertThat(isAdmitted).as("request %d with %d counted", i, counted).isEqualTo(counted < LIMIT);
            if (isAdmitted) {
                admitted.add(at);
            }
        }
        assertThat(admitted).hasSizeBetween(LIMIT + 1, 1999);
    }

    @Test
    @DisplayName("RATE-2: the limit is over exactly when the window is, and refused requests do not count")
    void rate2() {
        for (int i = 0; i < LIMIT; i++) {
            assertThat(limiter.admit(ANNA, 1)).isInstanceOf(RateLimiter.Admitted.class);
        }
        for (int i = 0; i < 3 * LIMIT; i++) {
            assertThat(limiter.admit(ANNA, 1)).isInstanceOf(RateLimiter.Refused.class);
        }
        now.addAndGet(WINDOW.toNanos() - 1);
        assertThat(limiter.admit(ANNA, 1)).isInstanceOf(RateLimiter.Refused.class);
        now.incrementAndGet();
        for (int i = 0; i < LIMIT; i++) {
            assertThat(limiter.admit(ANNA, 1)).isInstanceOf(RateLimiter.Admitted.class);
        }
    }

    @Test
    @DisplayName("RATE-3: several requests are admitted together or not at all")
    void rate3() {
        assertThat(limiter.admit(ANNA, LIMIT - 2)).isInstanceOf(RateLimiter.Admitted.class);
        assertThat(limiter.admit(ANNA, 3)).isInstanceOf(RateLimiter.Refused.class);
        assertThat(limiter.admit(ANNA, 2)).isInstanceOf(RateLimiter.Admitted.class);
        assertThat(limiter.admit(BEN, LIMIT + 1))
                .isInstanceOfSatisfying(
                        RateLimiter.Refused.class,
                        refused -> assertThat(refused.retryAfter()).isEqualTo(WINDOW));
        assertThat(limiter.admit(BEN, LIMIT)).isInstanceOf(RateLimiter.Admitted.class);
    }

    @Test
    @DisplayName("RATE-4: accounts do not share a limit")
    void rate4() {
        limiter.admit(ANNA, LIMIT);
        assertThat(limiter.admit(ANNA, 1)).isInstanceOf(RateLimiter.Refused.class);
        assertThat(limiter.admit(BEN, 1)).isInstanceOf(RateLimiter.Admitted.class);
    }

    @Test
    @DisplayName("RATE-5: the quota and the refusal tell the truth to the nanosecond")
    void rate5() {
        limiter.admit(ANNA, 5);
        now.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(limiter.admit(ANNA, 4).quota())
                .isEqualTo(new RateLimiter.Quota(LIMIT, WINDOW, LIMIT - 9, Duration.ofSeconds(50)));
        assertThat(limiter.admit(ANNA, LIMIT - 3))
                .isEqualTo(new RateLimiter.Refused(
                        new RateLimiter.Quota(LIMIT, WINDOW, LIMIT - 9, Duration.ofSeconds(50)),
                        Duration.ofSeconds(60)));
        RateLimiter.Refused refused = (RateLimiter.Refused) limiter.admit(ANNA, LIMIT - 7);
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(50));
        now.addAndGet(refused.retryAfter().toNanos() - 1);
        assertThat(limiter.admit(ANNA, LIMIT - 7)).isInstanceOf(RateLimiter.Refused.class);
        now.incrementAndGet();
        assertThat(limiter.admit(ANNA, LIMIT - 7)).isInstanceOf(RateLimiter.Admitted.class);
    }

    @Test
    @DisplayName("RATE-6: exactly the limit is admitted when many threads ask at once")
    void rate6() throws Exception {
        for (int round = 0; round < 20; round++) {
            now.addAndGet(WINDOW.toNanos());
            assertThat(admittedAtOnce(4 * LIMIT)).as("round %d", round).isEqualTo(LIMIT);
        }
    }

    private long admittedAtOnce(int requests) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<RateLimiter.Verdict>> verdicts = new ArrayList<>();
            for (int i = 0; i < requests; i++) {
                verdicts.add(threads.submit(() -> {
                    start.await();
                    return limiter.admit(ANNA, 1);
                }));
            }
            start.countDown();
            long admitted = 0;
            for (Future<RateLimiter.Verdict> verdict : verdicts) {
                admitted += verdict.get() instanceof RateLimiter.Admitted ? 1 : 0;
            }
            return admitted;
        }
    }
}
