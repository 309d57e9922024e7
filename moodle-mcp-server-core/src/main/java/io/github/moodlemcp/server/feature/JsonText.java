package io.github.moodlemcp.server.feature;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** JSON that is written down in a program. */
final class JsonText {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonText() {}

    /** @param what names the text in the exception */
    static ObjectNode object(String what, String text) {
        try {
            if (MAPPER.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw noObject(what, e);
        }
        throw noObject(what, null);
    }

    private static IllegalArgumentException noObject(String what, @Nullable Exception cause) {
        return new IllegalArgumentException(
                what + " is not a JSON object; write one, such as {\"type\": \"object\"}", cause);
    }
}
