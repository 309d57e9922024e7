package io.github.moodlemcp.testkit.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.server.spi.InMemoryRateLimiter;
import io.github.moodlemcp.server.spi.RateLimiter;
import io.github.moodlemcp.testkit.Race;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The kit catches a limiter that breaks a rule. */
class RateLimiterContractTest {

    static Stream<Arguments> brokenLimiters() {
        return Stream.of(
                Arguments.of("rate1", StartsAnewEachMinute.class),
                Arguments.of("rate2", CountsRefusedRequests.class),
                Arguments.of("rate3", AdmitsWhatFits.class),
                Arguments.of("rate4", SharesOneLimit.class),
                Arguments.of("rate5", SaysTheWholeWindow.class),
                Arguments.of("rate6", LooksBeforeItCounts.class));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("brokenLimiters")
    void aLimiterThatBreaksTheRuleFails(String rule, Class<?> broken) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectMethod(broken, rule))
                                .build(),
                        listener);

        assertThat(listener.getSummary().getTestsFoundCount()).isEqualTo(1);
        assertThat(listener.getSummary().getTestsFailedCount()).isEqualTo(1);
    }

    static class StartsAnewEachMinute extends RateLimiterContract {
        @Override
        protected RateLimiter newLimiter(int limit, Duration window, LongSupplier nanoTime) {
            AtomicInteger count = new AtomicInteger();
            long[] began = {nanoTime.getAsLong()};
            return (account, requests) -> {
                if (nanoTime.getAsLong() - began[0] >= window.toNanos()) {
                    began[0] = nanoTime.getAsLong();
                    count.set(0);
                }
                RateLimiter.Quota quota = new RateLimiter.Quota(limit, window, 0, window);
                return count.getAndAdd(requests) < limit
                        ? new RateLimiter.Admitted(quota)
                        : new RateLimiter.Refused(quota, window);
            };
        }
    }

    static class CountsRefusedRequests extends RateLimiterContract {
        @Override
        protected RateLimiter newLimiter(int limit, Duration window, LongSupplier nanoTime) {
            RateLimiter all = new InMemoryRateLimiter(10 * limit, window, nanoTime);
            return (account, requests) -> {
                RateLimiter.Quota quota = all.admit(account, requests).quota();
                return quota.remaining() >= 9 * limit
                        ? new RateLimiter.Admitted(quota)
                        : new RateLimiter.Refused(quota, window);
            };
        }
    }

    static class AdmitsWhatFits extends RateLimiterContract {
        @Override
        protected RateLimiter newLimiter(int limit, Duration window, LongSupplier nanoTime) {
            RateLimiter limiter = new InMemoryRateLimiter(limit, window, nanoTime);
            return (account, requests) -> {
                RateLimiter.Verdict verdict = limiter.admit(account, 1);
                for (int i = 1; i < requests; i++) {
                    verdict = limiter.admit(account, 1);
                }
                return verdict;
            };
        }
    }

    static class SharesOneLimit extends RateLimiterContract {
        @Override
        protected RateLimiter newLimiter(int limit, Duration window, LongSupplier nanoTime) {
            RateLimiter limiter = new InMemoryRateLimiter(limit, window, nanoTime);
            return (account, requests) -> limiter.admit(new AccountId("everybody"), requests);
        }
    }

    static class SaysTheWholeWindow extends RateLimiterContract {
        @Override
        protected RateLimiter newLimiter(int limit, Duration window, LongSupplier nanoTime) {
            RateLimiter limiter = new InMemoryRateLimiter(limit, window, nanoTime);
            return (account, requests) -> switch (limiter.admit(account, requests)) {
                case RateLimiter.Admitted admitted -> admitted;
                case RateLimiter.Refused refused -> new RateLimiter.Refused(refused.quota(), window);
            };
        }
    }

    static class LooksBeforeItCounts extends RateLimiterContract {
        @Override
        protected RateLimiter newLimiter(int limit, Duration window, LongSupplier nanoTime) {
            RateLimiter all = new InMemoryRateLimiter(100 * limit, window, nanoTime);
            AtomicInteger seen = new AtomicInteger();
            Race race = new Race();
            return (account, requests) -> {
                int before = seen.get();
                RateLimiter.Quota quota = all.admit(account, requests).quota();
                race.gather();
                if (before >= limit) {
                    return new RateLimiter.Refused(quota, window);
                }
                seen.set(before + requests);
                return new RateLimiter.Admitted(quota);
            };
        }
    }
}
