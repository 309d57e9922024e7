package io.github.moodlemcp.server.spi;

import static java.util.Objects.requireNonNull;

import io.github.moodlemcp.bridge.AccountId;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The limiter of a single node: keeps the time of each admitted request for as long as it counts, so that the limit is exact
 * for every window. It uses the monotonic clock, so that setting the time changes nothing. An account that has sent nothing
 * for a window is forgotten.
 */
public final class InMemoryRateLimiter implements RateLimiter {
    private static final int ADMISSIONS_BETWEEN_SWEEPS = 4096;

    private final int limit;
    private final Duration window;
    private final LongSupplier nanoTime;
    /** Changed and removed only within computations of the map, one at a time for each account. */
    private final ConcurrentMap<AccountId, RequestTimes> accounts = new ConcurrentHashMap<>();

    private final AtomicLong asked = new AtomicLong();

    /**
     * @param limit how many requests are admitted in any window; at least 1
     * @throws IllegalArgumentException if the limit or the window is smaller
     */
    public InMemoryRateLimiter(int limit, Duration window) {
        this(limit, window, System::nanoTime);
    }

    /**
     * With a clock of one's own, for tests.
     *
     * @param nanoTime never goes back
     */
    public InMemoryRateLimiter(int limit, Duration window, LongSupplier nanoTime) {
        if (limit < 1 || window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("A limit is at least 1 request in some time");
        }
        this.limit = limit;
        this.window = window;
        this.nanoTime = requireNonNull(nanoTime, "nanoTime");
    }

    @Override
    public Verdict admit(AccountId account, int requests) {
        if (requests < 1) {
            throw new IllegalArgumentException("At least one request is admitted or refused");
        }
        Verdict[] verdict = new Verdict[1];
        accounts.compute(account, (id, known) -> {
            RequestTimes times = known == null ? new RequestTimes(limit, window) : known;
            verdict[0] = times.admit(requests, nanoTime.getAsLong());
            return times;
        });
        if (asked.incrementAndGet() % ADMISSIONS_BETWEEN_SWEEPS == 0) {
            forgetIdle();
        }
        return verdict[0];
    }

    /** How many accounts are remembered. */
    int size() {
        return accounts.size();
    }

    private void forgetIdle() {
        for (AccountId account : accounts.keySet()) {
            accounts.computeIfPresent(account, (id, times) -> times.isIdle(nanoTime.getAsLong()) ? null : times);
        }
    }
}
