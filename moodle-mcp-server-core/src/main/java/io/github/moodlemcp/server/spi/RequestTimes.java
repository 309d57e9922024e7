package io.github.moodlemcp.server.spi;

import java.time.Duration;

/** The times of an account's requests that still count, the oldest first, as a ring that grows up to the limit. Not safe. */
final class RequestTimes {
    private static final int FIRST_PLACES = 16;

    private final int limit;
    private final Duration window;
    private long[] times;
    private int oldest;
    private int count;

    RequestTimes(int limit, Duration window) {
        this.limit = limit;
        this.window = window;
        this.times = new long[Math.min(limit, FIRST_PLACES)];
    }

    RateLimiter.Verdict admit(int requests, long now) {
        dropOld(now);
        if (requests <= limit - count) {
            for (int i = 0; i < requests; i++) {
                add(now);
            }
            return new RateLimiter.Admitted(quota(now));
        }
        Duration retryAfter = requests > limit ? window : untilLeft(requests - (limit - count), now);
        return new RateLimiter.Refused(quota(now), retryAfter);
    }

    /** Whether nothing counts any more. */
    boolean isIdle(long now) {
        dropOld(now);
        return count == 0;
    }

    private RateLimiter.Quota quota(long now) {
        return new RateLimiter.Quota(limit, window, limit - count, count == 0 ? Duration.ZERO : untilLeft(1, now));
    }

    /** How long until so many of the oldest count no more. */
    private Duration untilLeft(int leaving, long now) {
        return Duration.ofNanos(times[place(leaving - 1)] + window.toNanos() - now);
    }

    private void dropOld(long now) {
        while (count > 0 && now - times[oldest] >= window.toNanos()) {
            oldest = place(1);
            count--;
        }
    }

    private void add(long now) {
        if (count == times.length) {
            grow();
        }
        times[place(count)] = now;
        count++;
    }

    private void grow() {
        long[] larger = new long[Math.min(limit, 2 * times.length)];
        for (int i = 0; i < count; i++) {
            larger[i] = times[place(i)];
        }
        times = larger;
        oldest = 0;
    }

    private int place(int index) {
        return (oldest + index) % times.length;
    }
}
