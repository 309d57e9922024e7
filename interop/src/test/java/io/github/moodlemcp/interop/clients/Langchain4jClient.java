package io.github.moodlemcp.interop.clients;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.transport.McpTransport;
import dev.langchain4j.mcp.client.transport.http.HttpMcpTransport;
import dev.langchain4j.mcp.client.transport.http.StreamableHttpMcpTransport;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;

/** langchain4j's own client. */
final class Langchain4jClient implements JavaClient {
    private final NotingTransport transport;
    private final DefaultMcpClient client;

    private Langchain4jClient(McpTransport transport, DoubleConsumer onProgress) {
        this.transport = new NotingTransport(transport);
        client = DefaultMcpClient.builder()
                .transport(this.transport)
                .autoHealthCheck(false)
                .progressHandler(progress -> onProgress.accept(progress.progress()))
                .build();
    }

    static Langchain4jClient overHttp(String url, String key, DoubleConsumer onProgress) {
        return new Langchain4jClient(
                StreamableHttpMcpTransport.builder()
                        .url(url + "/mcp")
                        .customHeaders(withKey(key))
                        .build(),
                onProgress);
    }

    /** Over HTTP+SSE, the transport of 2024-11-05. */
    @SuppressWarnings("removal")
    static Langchain4jClient overSse(String url, String key, DoubleConsumer onProgress) {
        return new Langchain4jClient(
                HttpMcpTransport.builder()
                        .sseUrl(url + "/mcp/sse")
                        .customHeaders(withKey(key))
                        .build(),
                onProgress);
    }

    @Override
    public String revision() {
        return transport.revision();
    }

    @Override
    public List<String> toolNames() {
        return client.listTools().stream().map(ToolSpecification::name).toList();
    }

    @Override
    public String callTool(String name, Map<String, Object> arguments) {
        return client.executeTool(ToolExecutionRequest.builder()
                        .name(name)
                        .arguments(new ObjectMapper().valueToTree(arguments).toString())
                        .build())
                .resultText();
    }

    @Override
    public void close() {
        client.close();
    }

    private static Map<String, String> withKey(String key) {
        return Map.of("Authorization", "Bearer " + key);
    }
}
