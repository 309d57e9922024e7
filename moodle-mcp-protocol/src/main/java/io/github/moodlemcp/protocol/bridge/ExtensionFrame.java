package io.github.moodlemcp.protocol.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.moodlemcp.protocol.jsonrpc.RequestId;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A frame from an extension to the service. */
public sealed interface ExtensionFrame {

    /** The introduction; the first frame of a connection. */
    record HelloFrame(RequestId id, Hello hello) implements ExtensionFrame {}

    /** The heartbeat. */
    record Ping(RequestId id) implements ExtensionFrame {}

    /** The states of the sites, which replace what was known. */
    record Status(List<SiteState> sites) implements ExtensionFrame {
        public Status {
            sites = List.copyOf(sites);
        }
    }

    /** The person is being asked now whether a write may run. */
    record Approval(String command) implements ExtensionFrame {}

    /** Asks whether a write may begin now. */
    record Claim(RequestId id, String command) implements ExtensionFrame {}

    /** How far a command is; {@code total} and {@code message} may be null. */
    record Progress(
            String command,
            BigDecimal progress,
            @Nullable BigDecimal total,
            @Nullable String message) implements ExtensionFrame {}

    /** A command ended well. */
    record Reply(String command, JsonNode result) implements ExtensionFrame {}

    /** A command ended otherwise. */
    record Failure(String command, FailureReason reason) implements ExtensionFrame {}

    /** A request this version does not know. */
    record UnknownRequest(RequestId id, String method) implements ExtensionFrame {}

    /** A notification this version does not know. */
    record UnknownNotification(String method) implements ExtensionFrame {}

    /** Not a frame of this protocol; {@code why} holds nothing of the frame's text. */
    record Malformed(String why) implements ExtensionFrame {}
}
