package io.github.moodlemcp.interop.clients;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.mcp.client.McpCallContext;
import dev.langchain4j.mcp.client.transport.McpOperationHandler;
import dev.langchain4j.mcp.client.transport.McpTransport;
import dev.langchain4j.mcp.protocol.McpClientMessage;
import dev.langchain4j.mcp.protocol.McpInitializeRequest;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** A transport of langchain4j that notes the agreed revision, which its client does not tell. Safe for many threads. */
final class NotingTransport implements McpTransport {
    private final McpTransport transport;
    private volatile String revision = "";

    NotingTransport(McpTransport transport) {
        this.transport = transport;
    }

    /** The revision of the service's answer; empty before it came. */
    String revision() {
        return revision;
    }

    @Override
    public void start(McpOperationHandler handler) {
        transport.start(handler);
    }

    @Override
    public CompletableFuture<JsonNode> initialize(McpInitializeRequest request) {
        return transport.initialize(request).thenApply(answer -> {
            revision = answer.at("/result/protocolVersion").asText();
            return answer;
        });
    }

    @Override
    public CompletableFuture<JsonNode> executeOperationWithResponse(McpClientMessage message) {
        return transport.executeOperationWithResponse(message);
    }

    @Override
    public CompletableFuture<JsonNode> executeOperationWithResponse(McpCallContext context) {
        return transport.executeOperationWithResponse(context);
    }

    @Override
    public void executeOperationWithoutResponse(McpClientMessage message) {
        transport.executeOperationWithoutResponse(message);
    }

    @Override
    public void executeOperationWithoutResponse(McpCallContext context) {
        transport.executeOperationWithoutResponse(context);
    }

    @Override
    public void checkHealth() {
        transport.checkHealth();
    }

    @Override
    public void onFailure(Runnable action) {
        transport.onFailure(action);
    }

    @Override
    public void close() throws IOException {
        transport.close();
    }
}
