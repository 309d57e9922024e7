package io.github.moodlemcp.server.feature;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.bridge.ProgressListener.Progress;
import io.github.moodlemcp.protocol.mcp.ProtocolVersion;
import io.github.moodlemcp.server.Caller;

/**
 * What a handler knows of the request it answers, and what it may say before the answer. Safe for use by many threads.
 *
 * <p>A handler is called on a virtual thread of its own and may block, until its deadline at the latest: then the client is
 * answered without it, and its result is dropped.
 */
public interface McpCall {

    /** Who asks. */
    Caller caller();

    /** The program that asks. */
    Client client();

    /** The revision of the protocol the request is made in. */
    ProtocolVersion version();

    /** What came back of an earlier round of this request; empty in the first. */
    InputResponses input();

    /** When nobody waits for the answer any longer. */
    Deadline deadline();

    /**
     * Tells the client how far the work is, if it wants to know. What does not grow, and what comes within 20 ms of the last,
     * is dropped. It does not block.
     */
    void progress(Progress progress);

    /**
     * Sends a log message to a client that asked for messages of this level; does nothing on a server without {@link
     * io.github.moodlemcp.server.MoodleMcpServer.Builder#logging()}. It does not block.
     *
     * @param data a text or any other JSON; never a secret
     */
    void log(LogLevel level, JsonNode data);

    /** Whether nobody wants the answer any more: the client cancelled or has gone, or the deadline is over. */
    boolean isCancelled();

    /**
     * Runs an action when the request is cancelled, at once if it is already; on whichever thread cancels it, so it must not
     * block. The thread of the handler is not interrupted.
     */
    void onCancel(Runnable action);
}
