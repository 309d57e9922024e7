package io.github.moodlemcp.server.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.protocol.mcp.Prompt;
import io.github.moodlemcp.server.feature.ServedPrompt;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers {@code prompts/list} and {@code prompts/get}. */
final class PromptMethods {
    private final Features features;
    private final InputRounds rounds;
    private final Pages pages;

    PromptMethods(Features features, InputRounds rounds, Pages pages) {
        this.features = features;
        this.rounds = rounds;
        this.pages = pages;
    }

    McpResult list(McpExchange exchange) {
        List<Prompt> visible = features.prompts().values().stream()
                .filter(prompt -> Features.covers(exchange.caller(), prompt.scope()))
                .map(ServedPrompt::prompt)
                .toList();
        Pages.Page<Prompt> page = pages.of(visible, exchange.request().params());
        return new McpResult.PromptList(page.elements(), page.nextCursor());
    }

    McpResult get(McpExchange exchange) {
        ObjectNode params = exchange.request().params();
        ServedPrompt prompt = features.prompts().get(params.path("name").asText());
        if (prompt == null) {
            throw McpException.invalidParams("unknown prompt; prompts/list names the prompts there are");
        }
        Map<String, String> arguments = arguments(prompt.prompt(), params.path("arguments"));
        ObjectNode subject = JsonNodeFactory.instance
                .objectNode()
                .put("name", prompt.prompt().name());
        arguments.forEach(subject.putObject("arguments")::put);
        return rounds.answer(exchange, subject, call -> prompt.handler().get(arguments, call));
    }

    private static Map<String, String> arguments(Prompt prompt, JsonNode given) {
        if (!given.isMissingNode() && !given.isObject()) {
            throw McpException.invalidParams("arguments must be an object of texts");
        }
        Map<String, String> arguments = new HashMap<>();
        for (Prompt.Argument argument : prompt.arguments()) {
            JsonNode value = given.path(argument.name());
            if (value.isTextual()) {
                arguments.put(argument.name(), value.textValue());
            } else if (!value.isMissingNode()) {
                throw McpException.invalidParams("argument " + argument.name() + " must be a text");
            } else if (argument.required()) {
                throw McpException.invalidParams("argument " + argument.name() + " is missing");
            }
        }
        return Map.copyOf(arguments);
    }
}
