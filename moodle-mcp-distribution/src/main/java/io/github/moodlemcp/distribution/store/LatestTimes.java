package io.github.moodlemcp.distribution.store;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The latest time noted for each of many things, until they are written all together. Noting never waits for the
 * database. Safe for use by many threads.
 */
final class LatestTimes {
    private final Map<UUID, Instant> noted = new ConcurrentHashMap<>();
    private final Consumer<Map<UUID, Instant>> writer;

    /** @param writer writes the times; they are kept for the next attempt when it throws */
    LatestTimes(Consumer<Map<UUID, Instant>> writer) {
        this.writer = writer;
    }

    void note(UUID id, Instant time) {
        noted.merge(id, time, LatestTimes::later);
    }

    /** Writes what was noted since the last time. */
    void write() {
        Map<UUID, Instant> batch = Map.copyOf(noted);
        if (batch.isEmpty()) {
            return;
        }
        writer.accept(batch);
        batch.forEach(noted::remove);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
