package io.github.moodlemcp.distribution;

import io.github.moodlemcp.portal.spi.CallerAddresses;
import io.github.moodlemcp.portal.web.AddressLimit;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was refused of each network address, over all doors of this node together. Safe for use by many threads. */
final class Failures {
    private static final Logger LOGGER = LoggerFactory.getLogger(Failures.class);

    private final @Nullable AddressLimit limit;

    /** @param perMinute of one address; 0 for no limit */
    Failures(int perMinute, Clock clock) {
        this.limit = perMinute == 0
                ? null
                : new AddressLimit(new AddressLimit.Rate(perMinute, Duration.ofMinutes(1)), clock);
    }

    /** Counts one more; zero when its sender may be told what was wrong, else how long the address should wait. */
    Duration count(String address) {
        if (limit == null || address.equals(CallerAddresses.UNKNOWN)) {
            return Duration.ZERO;
        }
        Duration wait = limit.take(address);
        if (wait.isPositive()) {
            LOGGER.debug("event=too_many_failures");
        }
        return wait;
    }
}
