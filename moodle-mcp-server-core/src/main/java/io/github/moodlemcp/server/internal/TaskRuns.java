package io.github.moodlemcp.server.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcErrorCode;
import io.github.moodlemcp.protocol.mcp.InputRequest;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.protocol.mcp.ResultEncoder;
import io.github.moodlemcp.protocol.mcp.TaskView;
import io.github.moodlemcp.server.feature.InputResponses;
import io.github.moodlemcp.server.feature.McpError;
import io.github.moodlemcp.server.feature.ServedTool;
import io.github.moodlemcp.server.spi.TaskStore.StoredTask;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Runs the handlers of tasks at this node, each round on a virtual thread. Safe for use by many threads. */
final class TaskRuns {

    /** A key that was shown with a number, because a task never uses a key twice. */
    private static final Pattern NUMBERED = Pattern.compile("(.+)~\\d+");

    private final Features features;
    private final ArgumentChecker schemas;
    private final CallFactory calls;
    private final ResultEncoder encoder;
    private final Incidents incidents;
    private final ConcurrentMap<String, Cancellation> running = new ConcurrentHashMap<>();

    TaskRuns(
            Features features, ArgumentChecker schemas, CallFactory calls, ResultEncoder encoder, Incidents incidents) {
        this.features = features;
        this.schemas = schemas;
        this.calls = calls;
        this.encoder = encoder;
        this.incidents = incidents;
    }

    /** Is told what a round has come to. */
    @FunctionalInterface
    interface Settlement {
        void settle(StoredTask begun, @Nullable JsonNode state, TaskView.Outcome outcome);
    }

    /** Begins a round; {@code exchange} is the request that brought it about. */
    void begin(McpExchange exchange, StoredTask task, Settlement settlement) {
        Cancellation cancellation = new Cancellation();
        running.put(task.view().id(), cancellation);
        McpExchange ofTask = new McpExchange(
                exchange.caller(),
                exchange.request(),
                exchange.version(),
                exchange.client(),
                null,
                Deadline.after(task.view().ttl()),
                cancellation,
                Outbounds.closed(),
                exchange.headers());
        Thread.ofVirtual().name("mcp-task").start(() -> {
            try {
                run(ofTask, task, settlement);
            } finally {
                running.remove(task.view().id(), cancellation);
            }
        });
    }

    /** Cancels the round of a task, if it runs here. */
    void cancel(String task) {
        Cancellation cancellation = running.get(task);
        if (cancellation != null) {
            cancellation.cancel();
        }
    }

    private void run(McpExchange exchange, StoredTask task, Settlement settlement) {
        try {
            ServedTool tool = features.tool(task.tool())
                    .orElseThrow(() -> McpException.invalidParams("the tool of this task is not served any more"));
            McpResult result = tool.handler()
                    .call(task.arguments(), calls.call(exchange, new InputResponses(task.responses(), task.state())));
            if (result instanceof McpResult.InputRequired(var requests, var state)) {
                InputRounds.requireCapabilities(exchange, requests);
                settlement.settle(task, state, new TaskView.Outcome.InputRequired(numbered(task, requests)));
                return;
            }
            if (result instanceof McpResult.ToolCall answer) {
                schemas.requireFittingOutput(tool, answer);
            }
            ObjectNode body = encoder.encode(result, exchange.version());
            settlement.settle(task, null, new TaskView.Outcome.Completed(body));
        } catch (McpError e) {
            settlement.settle(task, null, new TaskView.Outcome.Failed(e.code(), e.getMessage(), e.data()));
        } catch (RuntimeException | Error e) {
            settlement.settle(
                    task,
                    null,
                    new TaskView.Outcome.Failed(JsonRpcErrorCode.INTERNAL_ERROR, incidents.report(e), null));
        }
    }

    private static Map<String, InputRequest> numbered(StoredTask task, Map<String, InputRequest> requests) {
        Map<String, InputRequest> shown = new LinkedHashMap<>();
        requests.forEach((key, request) ->
                shown.put(task.responses().containsKey(key) ? key + "~" + task.revision() : key, request));
        return shown;
    }

    /** The key under which the handler asked; only one that was answered before was shown with a number. */
    static String handlersKey(String shown, Map<String, JsonNode> answered) {
        Matcher numbered = NUMBERED.matcher(shown);
        return numbered.matches() && answered.containsKey(numbered.group(1)) ? numbered.group(1) : shown;
    }
}
