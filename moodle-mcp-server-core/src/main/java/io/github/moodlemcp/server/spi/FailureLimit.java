package io.github.moodlemcp.server.spi;

import java.time.Duration;

/**
 * Says how often keys and tokens from one network address may be wrong. It is asked about those that were wrong, never
 * before one is judged: nobody who shows a good one is held up by others behind the same address. Safe for use by many
 * threads.
 */
@FunctionalInterface
public interface FailureLimit {
    /**
     * Counts one more key or token that was not good.
     *
     * @param address where it came from, as text; never empty
     * @return zero when its sender may be told just that; else how long the address should wait before the next
     */
    Duration count(String address);

    /** Counts nothing: what a server does until it is told otherwise. */
    static FailureLimit none() {
        return address -> Duration.ZERO;
    }
}
