package io.github.moodlemcp.testkit.load;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** Counts what happens to extensions. Safe for use by many threads. */
final class LoadTally {
    final AtomicInteger extensions = new AtomicInteger();
    final AtomicInteger connected = new AtomicInteger();
    final LongAdder welcomes = new LongAdder();
    final LongAdder heartbeats = new LongAdder();
    final LongAdder commands = new LongAdder();
    private final ConcurrentMap<Integer, LongAdder> closed = new ConcurrentHashMap<>();

    void closed(int code) {
        closed.computeIfAbsent(code, first -> new LongAdder()).increment();
    }

    LoadCounts counts() {
        Map<Integer, Long> byCode = closed.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().sum()));
        return new LoadCounts(
                extensions.get(), connected.get(), welcomes.sum(), heartbeats.sum(), commands.sum(), byCode);
    }
}
