package io.github.moodlemcp.server.feature;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client brought back from an earlier round of a request.
 *
 * @param byKey the client's answers, under the keys they were asked with: each the result of what was asked, such as
 *     <code>{"action": "accept", "content": {…}}</code> for a form. Anything may stand in them, and keys may be missing
 * @param state the state the handler gave with the earlier round, checked to be ours and of this very request, or null
 */
public record InputResponses(
        Map<String, JsonNode> byKey, @Nullable JsonNode state) {
    public InputResponses {
        byKey = Map.copyOf(byKey);
    }

    /** Those of a first round. */
    public static InputResponses none() {
        return new InputResponses(Map.of(), null);
    }

    /** The client's answer to what was asked under this key. */
    public Optional<JsonNode> find(String key) {
        return Optional.ofNullable(byKey.get(key));
    }
}
