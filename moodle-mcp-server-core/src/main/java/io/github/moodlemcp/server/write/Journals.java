package io.github.moodlemcp.server.write;

import io.github.moodlemcp.bridge.BridgeId;
import io.github.moodlemcp.protocol.bridge.Hello.JournalEntry;
import java.util.List;
import java.util.function.Predicate;

/** Is told what browsers say, when they connect, of the writes they ran. Safe for use by many threads; it must not block. */
@FunctionalInterface
public interface Journals {

    /**
     * A browser connected; the connection it had before is closed.
     *
     * @param journal what it says, the oldest write first
     * @param isOfConnection whether a command, by its id, was sent on the connection the browser has now
     */
    void read(BridgeId bridge, List<JournalEntry> journal, Predicate<String> isOfConnection);
}
