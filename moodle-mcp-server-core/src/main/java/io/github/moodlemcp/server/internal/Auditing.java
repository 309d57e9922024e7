package io.github.moodlemcp.server.internal;

import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.protocol.mcp.MetaKey;
import io.github.moodlemcp.server.spi.AuditLog;
import io.github.moodlemcp.server.tool.ToolCatalogue;
import io.github.moodlemcp.server.tool.ToolDefinition;
import java.time.Duration;

/** Records each tool call and how it ended, the refused ones too. */
final class Auditing implements McpInterceptor {
    private final ToolCatalogue catalogue;
    private final AuditLog log;

    Auditing(ToolCatalogue catalogue, AuditLog log) {
        this.catalogue = catalogue;
        this.log = log;
    }

    @Override
    public McpResult intercept(McpExchange exchange, Chain next) {
        if (!exchange.request().method().equals("tools/call")) {
            return next.proceed(exchange);
        }
        String tool = catalogue
                .find(exchange.request().params().path("name").asText())
                .map(ToolDefinition::name)
                .orElse("unknown");
        long start = System.nanoTime();
        String outcome = "defect";
        try {
            McpResult result = next.proceed(exchange);
            outcome = result instanceof McpResult.ToolCall call
                    ? call.meta().path(MetaKey.OUTCOME).asText("done")
                    : "done";
            return result;
        } catch (McpException e) {
            outcome = "refused";
            throw e;
        } finally {
            log.toolCalled(exchange.caller(), tool, outcome, Duration.ofNanos(System.nanoTime() - start));
        }
    }
}
