package io.github.moodlemcp.interop.clients;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientSseClientTransport;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.customizer.McpSyncHttpClientRequestCustomizer;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import java.util.stream.Collectors;

/** The official Java SDK. */
final class JavaSdkClient implements JavaClient {
    private static final String PROGRESS_TOKEN = "progress-1";
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final McpSyncClient client;

    private JavaSdkClient(McpClientTransport transport, DoubleConsumer onProgress) {
        client = McpClient.sync(transport)
                .initializationTimeout(LIMIT)
                .progressConsumer(progress -> onProgress.accept(progress.progress()))
                .build();
        try {
            client.initialize();
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    static JavaSdkClient overHttp(String url, String key, DoubleConsumer onProgress) {
        return new JavaSdkClient(
                HttpClientStreamableHttpTransport.builder(url)
                        .endpoint("/mcp")
                        .addHttpRequestCustomizer(withKey(key))
                        .build(),
                onProgress);
    }

    /** Over HTTP+SSE, the transport of 2024-11-05. */
    @SuppressWarnings("deprecation")
    static JavaSdkClient overSse(String url, String key, DoubleConsumer onProgress) {
        return new JavaSdkClient(
                HttpClientSseClientTransport.builder(url)
                        .sseEndpoint("/mcp/sse")
                        .addHttpRequestCustomizer(withKey(key))
                        .build(),
                onProgress);
    }

    @Override
    public String revision() {
        return client.getCurrentInitializationResult().protocolVersion();
    }

    @Override
    public List<String> toolNames() {
        return client.listTools().tools().stream().map(McpSchema.Tool::name).toList();
    }

    @Override
    public String callTool(String name, Map<String, Object> arguments) {
        return client
                .callTool(McpSchema.CallToolRequest.builder(name)
                        .arguments(arguments)
                        .progressToken(PROGRESS_TOKEN)
                        .build())
                .content()
                .stream()
                .map(block -> ((McpSchema.TextContent) block).text())
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        client.closeGracefully();
    }

    private static McpSyncHttpClientRequestCustomizer withKey(String key) {
        return (request, method, uri, body, context) -> request.header("Authorization", "Bearer " + key);
    }
}
