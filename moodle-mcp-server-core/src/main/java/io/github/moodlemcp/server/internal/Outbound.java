package io.github.moodlemcp.server.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcNotification;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcResponse;
import java.util.concurrent.CompletionStage;

/** What may be sent to a client before the answer to its request. Safe for use by many threads; no method blocks. */
public interface Outbound {

    /** Sends a notification; returns false when the client takes none, or does not keep up. */
    boolean send(JsonRpcNotification notification);

    /**
     * Asks the client something, in a revision with a handshake.
     *
     * @return its answer; completed exceptionally when the client cannot be asked or does not answer in time
     */
    CompletionStage<JsonRpcResponse> ask(String method, ObjectNode params);
}
