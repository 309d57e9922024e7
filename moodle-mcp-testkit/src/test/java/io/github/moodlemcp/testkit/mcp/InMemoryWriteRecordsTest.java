package io.github.moodlemcp.testkit.mcp;

import io.github.moodlemcp.server.spi.WriteRecords;
import java.time.InstantSource;

class InMemoryWriteRecordsTest extends WriteRecordsContract {
    @Override
    protected WriteRecords newStore(InstantSource clock) {
        return WriteRecords.inMemory(clock);
    }
}
