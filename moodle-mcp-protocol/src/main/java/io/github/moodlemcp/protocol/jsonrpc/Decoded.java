package io.github.moodlemcp.protocol.jsonrpc;

import java.util.List;

/** What {@link JsonRpcCodec#decode(byte[])} found. */
public sealed interface Decoded {

    /** One message. */
    record Single(JsonRpcMessage message) implements Decoded {}

    /** An array; its elements are {@link Single} or {@link Invalid}, and there may be none. */
    record Batch(List<Decoded> elements) implements Decoded {
        public Batch {
            elements = List.copyOf(elements);
        }
    }

    /** Something that is not JSON or not JSON-RPC 2.0, with the error to answer. */
    record Invalid(JsonRpcError error) implements Decoded {}
}
