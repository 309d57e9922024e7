package io.github.moodlemcp.server.spi;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps tasks in this process, the last 10 000 at most. */
final class InMemoryTaskStore implements TaskStore {
    private static final int KEPT = 10_000;

    private final InstantSource clock;
    private final Map<String, StoredTask> tasks = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, StoredTask> eldest) {
            return size() > KEPT || isPast(eldest.getValue());
        }
    };

    InMemoryTaskStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void put(StoredTask task) {
        tasks.put(task.view().id(), task);
    }

    @Override
    public synchronized Optional<StoredTask> find(String id) {
        return Optional.ofNullable(tasks.get(id)).filter(task -> !isPast(task));
    }

    @Override
    public synchronized boolean replace(StoredTask expected, StoredTask updated) {
        StoredTask current = tasks.get(expected.view().id());
        if (current == null || current.revision() != expected.revision()) {
            return false;
        }
        tasks.put(updated.view().id(), updated);
        return true;
    }

    private boolean isPast(StoredTask task) {
        return task.view().createdAt().plus(task.view().ttl()).isBefore(clock.instant());
    }
}
