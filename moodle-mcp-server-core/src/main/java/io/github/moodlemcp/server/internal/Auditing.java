package io.github.moodlemcp.server.internal;

import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.protocol.mcp.MetaKey;
import io.github.moodlemcp.server.feature.McpError;
import io.github.moodlemcp.server.feature.ServedTool;
import io.github.moodlemcp.server.spi.AuditLog;
import java.time.Duration;

/** Records each tool call and how it ended, the refused ones too. */
final class Auditing implements McpInterceptor {
    private final Features features;
    private final AuditLog log;

    Auditing(Features features, AuditLog log) {
        this.features = features;
        this.log = log;
    }

    @Override
    public McpResult intercept(McpExchange exchange, Chain next) {
        if (!exchange.request().method().equals("tools/call")) {
            return next.proceed(exchange);
        }
        String tool = features.tool(exchange.request().params().path("name").asText())
                .map(ServedTool::name)
                .orElse("unknown");
        long start = System.nanoTime();
        String outcome = "defect";
        try {
            McpResult result = next.proceed(exchange);
            outcome = outcome(result);
            return result;
        } catch (McpError e) {
            outcome = "refused";
            throw e;
        } finally {
            log.toolCalled(exchange.caller(), tool, outcome, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private static String outcome(McpResult result) {
        return switch (result) {
            case McpResult.ToolCall call ->
                call.meta().path(MetaKey.OUTCOME).asText(call.isError() ? "failed" : "done");
            case McpResult.InputRequired ignored -> "input_required";
            case McpResult.TaskCreated ignored -> "task";
            default -> "done";
        };
    }
}
