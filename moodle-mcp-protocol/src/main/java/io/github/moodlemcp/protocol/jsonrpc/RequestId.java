package io.github.moodlemcp.protocol.jsonrpc;

import static java.util.Objects.requireNonNull;

/** A request identifier: text or an integer, kept as sent so that it is echoed unchanged. */
public sealed interface RequestId {

    /** The longest text that is accepted as an id, in characters. */
    int MAX_TEXT_LENGTH = 128;

    /** An id that was sent as a JSON string of at most {@value RequestId#MAX_TEXT_LENGTH} characters. */
    record Text(String value) implements RequestId {
        public Text {
            requireNonNull(value, "value");
        }
    }

    /** An id that was sent as a JSON integer within ±2^53. */
    record Number(long value) implements RequestId {}
}
