package io.github.moodlemcp.server.moodle;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.util.HexFormat;

/** By which calls of a tool that writes are recognised as the same one: the argument {@code request_key}, or one of ours. */
sealed interface WriteKey {
    String ARGUMENT = "request_key";

    /** The key itself. */
    String value();

    /** The caller gave it. */
    record Given(String value) implements WriteKey {}

    /** The caller gave none; it learns this one when it needs it. */
    record Made(String value) implements WriteKey {
        private static final int BYTES = 16;

        /** A key of 128 random bits. */
        static Made random(SecureRandom random) {
            byte[] bytes = new byte[BYTES];
            random.nextBytes(bytes);
            return new Made(HexFormat.of().formatHex(bytes));
        }
    }

    /** The JSON Schema of the argument. */
    static ObjectNode schema() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "string")
                .put("minLength", 1)
                .put("maxLength", 128)
                .put("pattern", "^[!-~]+$")
                .put(
                        "description",
                        "Makes repeating safe: within 24 hours a call with the same key and the same arguments is not carried "
                                + "out again, but answered with what became of the first. Take a new random key for each "
                                + "new intention; leave it out when you do not mean to repeat.");
    }
}
