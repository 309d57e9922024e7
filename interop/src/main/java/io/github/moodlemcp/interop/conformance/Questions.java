package io.github.moodlemcp.interop.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.mcp.InputRequest;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.server.feature.InputResponses;
import java.util.Map;
import java.util.Optional;

/** Asks clients for things, and reads what they bring. */
final class Questions {
    private Questions() {}

    /** A form with one required field. */
    static InputRequest form(String message, String field, String type) {
        ObjectNode schema = Json.object("{\"type\": \"object\"}");
        schema.putObject("properties").putObject(field).put("type", type);
        schema.putArray("required").add(field);
        return new InputRequest.Form(message, schema);
    }

    /** A question for the client's model. */
    static InputRequest question(String text, int maxTokens) {
        ObjectNode params = Json.object("{}");
        params.putArray("messages")
                .addObject()
                .put("role", "user")
                .putObject("content")
                .put("type", "text")
                .put("text", text);
        return new InputRequest.Sampling(params.put("maxTokens", maxTokens));
    }

    static McpResult.InputRequired ask(String key, InputRequest request) {
        return McpResult.InputRequired.of(key, request);
    }

    static McpResult.InputRequired ask(Map<String, InputRequest> requests, JsonNode state) {
        return new McpResult.InputRequired(requests, state);
    }

    /** What was filled in, if the person agreed and the field holds something. */
    static Optional<JsonNode> field(InputResponses input, String key, String field) {
        return input.find(key)
                .filter(response -> response.path("action").asText().equals("accept"))
                .map(response -> response.path("content").path(field))
                .filter(JsonNode::isValueNode)
                .filter(value -> !value.isNull());
    }

    /** What the model said. */
    static Optional<String> reply(InputResponses input, String key) {
        return input.find(key)
                .map(response -> response.path("content").path("text"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText);
    }

    /** The client's folders. */
    static Optional<JsonNode> roots(InputResponses input, String key) {
        return input.find(key).map(response -> response.path("roots")).filter(JsonNode::isArray);
    }
}
