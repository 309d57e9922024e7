package io.github.moodlemcp.server.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcErrorCode;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcRequest;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.server.feature.ServedPrompt;
import io.github.moodlemcp.server.feature.ServedResourceTemplate;
import io.github.moodlemcp.server.feature.ServedTool;
import java.util.Optional;

/** Lets a caller use only what its scopes cover; the same rule decides what it is shown in lists. */
final class Authorization implements McpInterceptor {
    private final Features features;
    private final ResourceAddresses addresses;

    Authorization(Features features, ResourceAddresses addresses) {
        this.features = features;
        this.addresses = addresses;
    }

    @Override
    public McpResult intercept(McpExchange exchange, Chain next) {
        offered(exchange);
        neededScope(exchange.request())
                .filter(scope -> !Features.covers(exchange.caller(), scope))
                .ifPresent(scope -> {
                    throw McpException.insufficientScope(JsonRpcErrorCode.INVALID_REQUEST, scope);
                });
        return next.proceed(exchange);
    }

    /** What another key or address would offer is no matter of scopes: asking for more of them does not help. */
    private void offered(McpExchange exchange) {
        if (exchange.request().method().equals("tools/call")) {
            features.tool(exchange.request().params().path("name").asText())
                    .filter(tool -> !Features.isSelected(exchange.caller().selection(), tool))
                    .ifPresent(tool -> {
                        throw McpException.notOffered(tool, exchange.caller().selection());
                    });
        }
    }

    private Optional<String> neededScope(JsonRpcRequest request) {
        ObjectNode params = request.params();
        return switch (request.method()) {
            case "tools/call" -> features.tool(params.path("name").asText()).map(ServedTool::scope);
            case "prompts/get" -> ofPrompt(params.path("name"));
            case "resources/read", "resources/subscribe" ->
                addresses.find(params.path("uri").asText()).map(ResourceAddresses.Found::scope);
            case "completion/complete" -> ofReference(params.path("ref"));
            default -> Optional.empty();
        };
    }

    private Optional<String> ofReference(JsonNode reference) {
        return switch (reference.path("type").asText()) {
            case "ref/prompt" -> ofPrompt(reference.path("name"));
            case "ref/resource" ->
                Optional.ofNullable(
                                features.templates().get(reference.path("uri").asText()))
                        .map(ServedResourceTemplate::scope);
            default -> Optional.empty();
        };
    }

    private Optional<String> ofPrompt(JsonNode name) {
        return Optional.ofNullable(features.prompts().get(name.asText())).map(ServedPrompt::scope);
    }
}
