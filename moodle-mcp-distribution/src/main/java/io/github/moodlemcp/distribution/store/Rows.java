package io.github.moodlemcp.distribution.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How values are kept in rows. */
final class Rows {
    private Rows() {}

    /** The time as PostgreSQL keeps it: whole microseconds, never later. */
    static Instant time(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }
}
