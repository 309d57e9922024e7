package io.github.moodlemcp.server.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.bridge.BridgeId;
import io.github.moodlemcp.bridge.Command;
import io.github.moodlemcp.bridge.CommandId;
import io.github.moodlemcp.bridge.CommandOutcome;
import io.github.moodlemcp.bridge.CommandRouter;
import io.github.moodlemcp.bridge.ConnectedBrowser;
import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcErrorCode;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.server.tool.ArgumentChecker;
import io.github.moodlemcp.server.tool.ToolCatalogue;
import io.github.moodlemcp.server.tool.ToolDefinition;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/**
 * Answers {@code tools/call}: turns the call into a command, routes it, waits, and words the outcome for the model.
 *
 * <p>The only place that waits for a browser.
 */
final class ToolsCallHandler {
    private static final String GET_STATUS = "get_status";
    private static final Duration DIRECTORY_WAIT = Duration.ofSeconds(5);

    private final ToolCatalogue catalogue;
    private final ArgumentChecker arguments;
    private final CommandRouter router;
    private final StatusReport status;
    private final OutcomeWording wording;
    private final SecureRandom random;

    ToolsCallHandler(
            ToolCatalogue catalogue,
            ArgumentChecker arguments,
            CommandRouter router,
            StatusReport status,
            OutcomeWording wording,
            SecureRandom random) {
        this.catalogue = catalogue;
        this.arguments = arguments;
        this.router = router;
        this.status = status;
        this.wording = wording;
        this.random = random;
    }

    McpResult call(McpExchange exchange) {
        ObjectNode params = exchange.request().params();
        ToolDefinition tool = catalogue
                .find(params.path("name").asText())
                .orElseThrow(() -> new McpException(
                        JsonRpcErrorCode.INVALID_PARAMS, "Unknown tool; tools/list names the tools there are"));
        JsonNode given = params.has("arguments") ? params.get("arguments") : JsonNodeFactory.instance.objectNode();
        if (!(given instanceof ObjectNode object)) {
            throw new McpException(JsonRpcErrorCode.INVALID_PARAMS, "Invalid params: arguments must be an object");
        }
        ObjectNode checked = arguments.coerced(tool, object);
        List<String> problems = arguments.problems(tool, checked);
        if (!problems.isEmpty()) {
            return wording.invalid("The arguments of " + tool.name() + " do not fit: "
                    + UntrustedText.cleaned(String.join("; ", problems)) + ". Correct them and call it again.");
        }
        return callBrowser(exchange, tool, checked);
    }

    private McpResult callBrowser(McpExchange exchange, ToolDefinition tool, ObjectNode checked) {
        Deadline deadline = exchange.deadline();
        List<ConnectedBrowser> connected = Waiting.forValue(
                router.connected(exchange.caller().account()), deadline.butAtMost(DIRECTORY_WAIT), List.of());
        String wanted = checked.path("browser").textValue();
        if (tool.name().equals(GET_STATUS) && wanted == null) {
            return wording.status(status.of(connected, deadline));
        }
        return switch (BrowserChoice.among(connected, wanted)) {
            case BrowserChoice.NoneConnected() -> wording.notConnected(tool.name());
            case BrowserChoice.Unclear(var question) -> wording.invalid(question);
            case BrowserChoice.Chosen(var browser)
            when tool.name().equals(GET_STATUS) -> wording.status(status.of(List.of(browser), deadline));
            case BrowserChoice.Chosen(var browser) ->
                wording.word(tool.name(), route(browser.id(), tool, checked, deadline));
        };
    }

    private CommandOutcome route(BridgeId bridge, ToolDefinition tool, ObjectNode checked, Deadline deadline) {
        ObjectNode forOperation = checked.deepCopy();
        forOperation.remove(List.of("browser", "site"));
        Command command = new Command(
                CommandId.random(random),
                tool.name(),
                forOperation,
                checked.path("site").textValue(),
                tool.sideEffect());
        return Waiting.forOutcome(
                router.route(bridge, command, deadline), deadline, () -> router.cancel(bridge, command.id()));
    }
}
