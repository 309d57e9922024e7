package io.github.moodlemcp.server.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.mcp.ClientCapability;
import io.github.moodlemcp.protocol.mcp.ContentBlock;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.protocol.mcp.MetaKey;
import io.github.moodlemcp.protocol.mcp.Tool;
import io.github.moodlemcp.server.feature.ServedTool;
import io.github.moodlemcp.server.feature.TaskMode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers {@code tools/list} and {@code tools/call}. */
final class ToolMethods {
    private final Features features;
    private final ArgumentChecker arguments;
    private final InputRounds rounds;
    private final Pages pages;
    private final @Nullable TaskMethods tasks;

    /** @param tasks what makes tasks of calls, or null when no call becomes one */
    ToolMethods(
            Features features,
            ArgumentChecker arguments,
            InputRounds rounds,
            Pages pages,
            @Nullable TaskMethods tasks) {
        this.features = features;
        this.arguments = arguments;
        this.rounds = rounds;
        this.pages = pages;
        this.tasks = tasks;
    }

    McpResult list(McpExchange exchange) {
        List<Tool> visible = features.tools().values().stream()
                .filter(tool -> Features.offers(exchange.caller(), tool))
                .map(ServedTool::tool)
                .toList();
        Pages.Page<Tool> page = pages.of(visible, exchange.request().params());
        return new McpResult.ToolList(page.elements(), page.nextCursor());
    }

    McpResult call(McpExchange exchange) {
        ObjectNode params = exchange.request().params();
        ServedTool tool = features.tool(params.path("name").asText())
                .orElseThrow(() -> McpException.invalidParams("unknown tool; tools/list names the tools there are"));
        JsonNode given =
                params.hasNonNull("arguments") ? params.get("arguments") : JsonNodeFactory.instance.objectNode();
        if (!(given instanceof ObjectNode object)) {
            throw McpException.invalidParams("arguments must be an object");
        }
        boolean becomesTask = becomesTask(exchange, tool);
        if (exchange.version().isModern()) {
            ParameterHeaders.check(tool.tool().inputSchema(), object, exchange.headers());
        }
        ObjectNode checked = arguments.coerced(tool, object);
        List<String> problems = arguments.problems(tool, checked);
        if (!problems.isEmpty()) {
            return unfit(tool, problems);
        }
        ObjectNode subject = JsonNodeFactory.instance.objectNode().put("name", tool.name());
        subject.set("arguments", checked);
        if (becomesTask && tasks != null) {
            return tasks.start(exchange, tool, checked, rounds.input(exchange, subject));
        }
        McpResult result =
                rounds.answer(exchange, subject, call -> tool.handler().call(checked, call));
        if (result instanceof McpResult.ToolCall answer) {
            arguments.requireFittingOutput(tool, answer);
        }
        return result;
    }

    private static McpResult unfit(ServedTool tool, List<String> problems) {
        String sentence = "The arguments of " + tool.name() + " do not fit: " + String.join("; ", problems)
                + ". Correct them and call it again.";
        return new McpResult.ToolCall(
                List.of(new ContentBlock.Text(sentence)),
                null,
                true,
                JsonNodeFactory.instance.objectNode().put(MetaKey.OUTCOME, "not_delivered"));
    }

    private boolean becomesTask(McpExchange exchange, ServedTool tool) {
        if (tasks == null || tool.tasks() == TaskMode.NEVER) {
            return false;
        }
        if (tool.tasks() == TaskMode.AFTER_INPUT && !InputRounds.isLaterRound(exchange)) {
            return false;
        }
        boolean canFollow = exchange.version().isModern() && exchange.client().can(ClientCapability.TASKS);
        if (!canFollow && tool.tasks() != TaskMode.WHEN_POSSIBLE) {
            throw McpException.missingCapabilities(Set.of(ClientCapability.TASKS));
        }
        return canFollow;
    }
}
