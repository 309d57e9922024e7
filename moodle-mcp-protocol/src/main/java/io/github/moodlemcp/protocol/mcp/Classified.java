package io.github.moodlemcp.protocol.mcp;

import io.github.moodlemcp.protocol.jsonrpc.JsonRpcError;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcRequest;
import java.util.List;

/** What a POST turned out to be, by {@link McpClassifier}. */
public sealed interface Classified {

    /** One request to answer, under the rules of one revision. */
    record Request(JsonRpcRequest request, ProtocolVersion version) implements Classified {}

    /**
     * An array of messages, as revision 2025-03-26 has it.
     *
     * @param requests the requests in it, in order
     * @param errors the errors to answer for elements that are no messages
     */
    record Batch(List<JsonRpcRequest> requests, List<JsonRpcError> errors) implements Classified {
        public Batch {
            requests = List.copyOf(requests);
            errors = List.copyOf(errors);
        }
    }

    /** A notification or a response: accepted, and nothing to answer. */
    record Accepted() implements Classified {}

    /**
     * Something to refuse.
     *
     * @param status the HTTP status
     */
    record Refused(int status, JsonRpcError error) implements Classified {}
}
