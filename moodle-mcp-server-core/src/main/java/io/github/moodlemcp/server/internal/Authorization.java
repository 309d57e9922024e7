package io.github.moodlemcp.server.internal;

import io.github.moodlemcp.protocol.jsonrpc.JsonRpcErrorCode;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.server.Caller;
import io.github.moodlemcp.server.tool.ToolCatalogue;
import io.github.moodlemcp.server.tool.ToolDefinition;

/** Lets a caller use only the tools its scopes cover; the same rule decides which tools it is shown. */
final class Authorization implements McpInterceptor {
    private final ToolCatalogue catalogue;

    Authorization(ToolCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    static boolean covers(Caller caller, ToolDefinition tool) {
        return caller.scopes().contains(tool.scope());
    }

    @Override
    public McpResult intercept(McpExchange exchange, Chain next) {
        if (exchange.request().method().equals("tools/call")) {
            catalogue
                    .find(exchange.request().params().path("name").asText())
                    .filter(tool -> !covers(exchange.caller(), tool))
                    .ifPresent(tool -> {
                        throw McpException.insufficientScope(JsonRpcErrorCode.INVALID_REQUEST, tool.scope());
                    });
        }
        return next.proceed(exchange);
    }
}
