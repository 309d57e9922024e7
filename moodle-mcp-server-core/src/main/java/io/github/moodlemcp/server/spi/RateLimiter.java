package io.github.moodlemcp.server.spi;

import static java.util.Objects.requireNonNull;

import io.github.moodlemcp.bridge.AccountId;
import java.time.Duration;

/**
 * Decides whether an account may send requests now. Safe for use by many threads; it is asked on the thread of the request.
 *
 * <ul>
 *   <li>RATE-1: in no window of time, wherever it begins, are more requests of an account admitted than the limit.
 *   <li>RATE-2: a request is admitted whenever fewer were in the window before it; refused ones do not count.
 *   <li>RATE-3: several requests are admitted together or not at all.
 *   <li>RATE-4: accounts do not share a limit.
 *   <li>RATE-5: the quota tells how many requests are left, and the refusal when as many as were asked for fit again: not a
 *       moment later, and not earlier.
 *   <li>RATE-6: all of this holds for many threads at once.
 * </ul>
 */
@FunctionalInterface
public interface RateLimiter {

    /**
     * Admits requests and counts them, or refuses them.
     *
     * @param requests how many at once; at least 1
     */
    Verdict admit(AccountId account, int requests);

    /** What was decided. */
    sealed interface Verdict {
        Quota quota();
    }

    /** They may be answered, and are counted. */
    record Admitted(Quota quota) implements Verdict {
        public Admitted {
            requireNonNull(quota, "quota");
        }
    }

    /**
     * They may not, and are not counted.
     *
     * @param retryAfter how long until they fit; the whole window for more than ever fit
     */
    record Refused(Quota quota, Duration retryAfter) implements Verdict {
        public Refused {
            requireNonNull(quota, "quota");
            requireNonNull(retryAfter, "retryAfter");
        }
    }

    /**
     * How an account stands.
     *
     * @param limit how many requests are admitted in any window
     * @param window how long it is
     * @param remaining how many more would be admitted now
     * @param untilMore how long until one more than these is; zero when none is counted
     */
    record Quota(int limit, Duration window, int remaining, Duration untilMore) {
        public Quota {
            requireNonNull(window, "window");
            requireNonNull(untilMore, "untilMore");
        }
    }
}
