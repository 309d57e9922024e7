package io.github.moodlemcp.server.spi;

import io.github.moodlemcp.server.Caller;
import java.time.Duration;

/** Records that tool calls were made: who, what and how they ended, never arguments or content. */
@FunctionalInterface
public interface AuditLog {

    /**
     * A tool call ended. Called on the thread of its handler, by many at a time; it should not block, and must not throw.
     *
     * @param tool the tool that was asked for; one that does not exist is given as {@code unknown}
     * @param outcome a word such as {@code done}, {@code failed}, {@code not_delivered} or {@code refused}
     * @param took how long it took
     */
    void toolCalled(Caller caller, String tool, String outcome, Duration took);

    /** Records nothing. */
    static AuditLog none() {
        return (caller, tool, outcome, took) -> {};
    }
}
