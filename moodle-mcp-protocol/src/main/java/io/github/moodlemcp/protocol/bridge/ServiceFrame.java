package io.github.moodlemcp.protocol.bridge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.jsonrpc.RequestId;
import org.jspecify.annotations.Nullable;

/** A frame from the service to an extension. */
public sealed interface ServiceFrame {

    /** The answer to the introduction. */
    record Welcome(RequestId id, String connection, int heartbeatSeconds, Limits limits, Server server)
            implements ServiceFrame {}

    /** The answer to the heartbeat. */
    record Pong(RequestId id) implements ServiceFrame {}

    /** The answer to a claim; {@code refusal} is null when it is granted. */
    record ClaimAnswer(RequestId id, @Nullable String refusal) implements ServiceFrame {}

    /**
     * Asks the extension to run an operation.
     *
     * @param command the command id, which the reply names
     * @param site which Moodle site, or null when there is only one
     * @param remainingMs how long it may take from now, in milliseconds
     * @param sideEffect {@code read}, {@code read-marks}, {@code write} or {@code destructive}
     */
    record Run(
            String command,
            String tool,
            ObjectNode arguments,
            @Nullable String site,
            long remainingMs,
            String sideEffect)
            implements ServiceFrame {}

    /** Nobody waits for the command any more. */
    record Cancel(String command) implements ServiceFrame {}

    /** The extension sends more frames than {@code framesPerMinute}; at twice as many the connection is closed. */
    record LimitWarning(int framesPerMinute) implements ServiceFrame {}

    /** The answer to a request this version does not know. */
    record UnknownMethod(RequestId id) implements ServiceFrame {}

    /** Not a frame of this protocol. */
    record Malformed(String why) implements ServiceFrame {}

    /** What a connection may use. */
    record Limits(int frameBytes, int commandsInFlight, int framesPerMinute) {}

    /** Who answers. */
    record Server(String name, String version) {}
}
