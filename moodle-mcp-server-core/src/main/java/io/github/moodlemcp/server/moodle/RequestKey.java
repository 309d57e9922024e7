package io.github.moodlemcp.server.moodle;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The argument by which calls of a tool that writes are recognised as the same one. */
final class RequestKey {
    static final String ARGUMENT = "request_key";

    private static final int MAX_LENGTH = 128;

    private RequestKey() {}

    /** The JSON Schema of the argument. */
    static ObjectNode schema() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "string")
                .put("minLength", 1)
                .put("maxLength", MAX_LENGTH)
                .put("pattern", "^[!-~]+$")
                .put(
                        "description",
                        "Makes repeating safe: within 24 hours a call with the same key and the same arguments is not carried "
                                + "out again, but answered with what became of the first. Take a new random key for each "
                                + "new intention; leave it out when you do not mean to repeat.");
    }
}
