package io.github.moodlemcp.portal.web;

import java.time.Duration;

/** Counts what strangers got wrong, by the network address that they came from. Safe for use by many threads. */
@FunctionalInterface
public interface FailureCount {
    /** Counts one more; zero when its sender may be told what was wrong, else how long the address should wait. */
    Duration count(String address);

    /** Counts nothing. */
    static FailureCount none() {
        return address -> Duration.ZERO;
    }
}
