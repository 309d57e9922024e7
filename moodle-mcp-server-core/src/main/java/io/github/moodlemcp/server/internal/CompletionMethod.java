package io.github.moodlemcp.server.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.server.feature.Completer;
import io.github.moodlemcp.server.feature.InputResponses;
import io.github.moodlemcp.server.feature.ServedPrompt;
import io.github.moodlemcp.server.feature.ServedResourceTemplate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers {@code completion/complete}. */
final class CompletionMethod {
    private static final int MAX_VALUES = 100;

    private final Features features;
    private final CallFactory calls;

    CompletionMethod(Features features, CallFactory calls) {
        this.features = features;
        this.calls = calls;
    }

    McpResult complete(McpExchange exchange) {
        ObjectNode params = exchange.request().params();
        Map<String, Completer> completers = completers(params.path("ref"));
        String name = params.at("/argument/name").textValue();
        String typed = params.at("/argument/value").textValue();
        if (name == null || typed == null) {
            throw McpException.invalidParams("argument must have a name and a value");
        }
        Completer completer = completers.get(name);
        if (completer == null) {
            return new McpResult.Completion(List.of(), 0, false);
        }
        List<String> values = completer.complete(
                typed, others(params.at("/context/arguments")), calls.call(exchange, InputResponses.none()));
        List<String> shown = values.subList(0, Math.min(values.size(), MAX_VALUES));
        return new McpResult.Completion(shown, values.size(), shown.size() < values.size());
    }

    private Map<String, Completer> completers(JsonNode reference) {
        switch (reference.path("type").asText()) {
            case "ref/prompt" -> {
                ServedPrompt prompt =
                        features.prompts().get(reference.path("name").asText());
                if (prompt != null) {
                    return prompt.completers();
                }
            }
            case "ref/resource" -> {
                ServedResourceTemplate template =
                        features.templates().get(reference.path("uri").asText());
                if (template != null) {
                    return template.completers();
                }
            }
            default -> throw McpException.invalidParams("ref must be of type ref/prompt or ref/resource");
        }
        throw McpException.invalidParams("ref names no prompt and no resource template there is");
    }

    private static Map<String, String> others(JsonNode given) {
        Map<String, String> others = new HashMap<>();
        given.properties().forEach(argument -> {
            if (argument.getValue().isTextual()) {
                others.put(argument.getKey(), argument.getValue().textValue());
            }
        });
        return others;
    }
}
