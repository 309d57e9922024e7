package io.github.moodlemcp.example.owntools;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import java.net.URI;
import java.time.Duration;

/** The client of the official Java SDK. */
final class OfficialClient {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private OfficialClient() {}

    static McpSyncClient connect(URI address, String key) {
        McpSyncClient client = McpClient.sync(HttpClientStreamableHttpTransport.builder(address.toString())
                        .endpoint("/mcp")
                        .addHttpRequestCustomizer((request, method, uri, body, context) ->
                                request.header("Authorization", "Bearer " + key))
                        .build())
                .initializationTimeout(LIMIT)
                .requestTimeout(LIMIT)
                .build();
        try {
            client.initialize();
            return client;
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }
}
