package io.github.moodlemcp.server.spi;

import io.github.moodlemcp.bridge.BridgeId;
import io.github.moodlemcp.bridge.CommandId;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps records of writes in this process, the last 100 000 at most. */
final class InMemoryWriteRecords implements WriteRecords {
    private static final int KEPT_AT_MOST = 100_000;

    private final InstantSource clock;
    /** In the order they were begun. */
    private final Map<CommandId, WriteRecord> records = new LinkedHashMap<>();

    private final Map<Name, CommandId> byName = new HashMap<>();
    private final Map<BridgeId, Set<CommandId>> byBridge = new HashMap<>();

    InMemoryWriteRecords(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Begun begin(WriteRecord fresh) {
        forgetTheOld();
        WriteRecord earlier = current(fresh.name());
        if (earlier != null) {
            return new Begun(false, earlier);
        }
        records.put(fresh.command(), fresh);
        byName.put(fresh.name(), fresh.command());
        byBridge.computeIfAbsent(fresh.bridge(), bridge -> new LinkedHashSet<>())
                .add(fresh.command());
        return new Begun(true, fresh);
    }

    @Override
    public synchronized Optional<WriteRecord> find(Name name) {
        return Optional.ofNullable(current(name));
    }

    @Override
    public synchronized boolean change(CommandId command, Set<State> expected, State changed) {
        WriteRecord current = records.get(command);
        if (current == null || isPast(current) || !expected.contains(current.state())) {
            return false;
        }
        records.put(command, current.with(changed));
        return true;
    }

    @Override
    public synchronized boolean free(CommandId command, Set<State> expected) {
        WriteRecord current = records.get(command);
        if (current == null || isPast(current) || !expected.contains(current.state())) {
            return false;
        }
        records.remove(command);
        forget(current);
        return true;
    }

    @Override
    public synchronized List<WriteRecord> open(BridgeId bridge) {
        return byBridge.getOrDefault(bridge, Set.of()).stream()
                .map(records::get)
                .filter(record -> State.OPEN.contains(record.state()) && !isPast(record))
                .toList();
    }

    private @Nullable WriteRecord current(Name name) {
        CommandId command = byName.get(name);
        WriteRecord found = command == null ? null : records.get(command);
        return found == null || isPast(found) ? null : found;
    }

    private void forgetTheOld() {
        Iterator<WriteRecord> eldest = records.values().iterator();
        while (eldest.hasNext()) {
            WriteRecord record = eldest.next();
            if (records.size() < KEPT_AT_MOST && !isPast(record)) {
                return;
            }
            eldest.remove();
            forget(record);
        }
    }

    private void forget(WriteRecord record) {
        byName.remove(record.name(), record.command());
        byBridge.computeIfPresent(record.bridge(), (bridge, commands) -> {
            commands.remove(record.command());
            return commands.isEmpty() ? null : commands;
        });
    }

    private boolean isPast(WriteRecord record) {
        return !clock.instant().isBefore(record.begun().plus(KEPT));
    }
}
