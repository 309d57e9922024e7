package io.github.moodlemcp.testkit.chaos;

import io.github.moodlemcp.protocol.bridge.Hello;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a browser profile remembers of the writes that began to act in it, as the extension does. Safe for use by many threads. */
final class Journal {
    /** The most that the extension keeps. */
    static final int MOST = 100;

    private final Map<String, String> words = new LinkedHashMap<>();
    private long shown;

    /**
     * What was shown at the beginning of a connection.
     *
     * @param number counts the connections
     */
    record Shown(long number, List<Hello.JournalEntry> entries) {
        /** Its word for a command, or null when it is not listed; {@code claimed} too when nothing can be told. */
        @Nullable
        String wordFor(String command) {
            return entries.stream()
                    .filter(entry -> entry.command().equals(command))
                    .findFirst()
                    .map(Hello.JournalEntry::outcome)
                    .orElse(entries.size() < MOST ? null : "claimed");
        }
    }

    /** What to show at the beginning of a connection. From now on nothing begins that was claimed on an earlier one. */
    synchronized Shown show() {
        List<Hello.JournalEntry> entries = new ArrayList<>();
        words.forEach((command, word) -> entries.add(new Hello.JournalEntry(command, word)));
        shown++;
        return new Shown(shown, entries);
    }

    /**
     * Notes that a command begins to act, unless it was claimed on an earlier connection: the service has been told
     * already that it did not.
     *
     * @param connection the number of the connection it was claimed on
     * @return whether it may begin
     */
    synchronized boolean begin(String command, long connection) {
        if (connection != shown) {
            return false;
        }
        words.put(command, "claimed");
        if (words.size() > MOST) {
            words.remove(words.keySet().iterator().next());
        }
        return true;
    }

    /** Notes how a command ended that had begun. */
    synchronized void end(String command, Effect effect) {
        words.replace(
                command,
                switch (effect) {
                    case WRITTEN -> "done";
                    case REFUSED -> "refused";
                    case UNCLEAR, READ -> "claimed";
                });
    }

    synchronized int size() {
        return words.size();
    }
}
