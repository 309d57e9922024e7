package io.github.moodlemcp.protocol.mcp;

import io.github.moodlemcp.protocol.jsonrpc.JsonRpcError;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcNotification;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcRequest;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcResponse;
import java.util.List;

/** What a POST turned out to be, by {@link McpClassifier}. */
public sealed interface Classified {

    /** One message of a POST or of a batch. */
    sealed interface Message extends Classified {}

    /** One request to answer, under the rules of one revision. */
    record Request(JsonRpcRequest request, ProtocolVersion version) implements Message {}

    /** A notification of a revision with a handshake; nothing to answer. */
    record Notification(JsonRpcNotification notification) implements Message {}

    /** A client's answer to a request of the server, in a revision with a handshake. */
    record Response(JsonRpcResponse response) implements Message {}

    /** A notification that means nothing in its revision: accepted and dropped. */
    record Ignored() implements Message {}

    /**
     * Something to refuse.
     *
     * @param status the HTTP status
     */
    record Refused(int status, JsonRpcError error) implements Message {}

    /** An array of messages, as revision 2025-03-26 has it; never empty. */
    record Batch(List<Message> messages) implements Classified {
        public Batch {
            messages = List.copyOf(messages);
        }
    }
}
