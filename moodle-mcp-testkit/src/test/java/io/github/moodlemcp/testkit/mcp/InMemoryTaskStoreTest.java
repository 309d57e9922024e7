package io.github.moodlemcp.testkit.mcp;

import io.github.moodlemcp.server.spi.TaskStore;
import java.time.InstantSource;

class InMemoryTaskStoreTest extends TaskStoreContract {
    @Override
    protected TaskStore newStore(InstantSource clock) {
        return TaskStore.inMemory(clock);
    }
}
