package io.github.moodlemcp.interop.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.moodlemcp.interop.container.GrizzlyServer;
import io.github.moodlemcp.server.MoodleMcpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConformanceServerTest {
    private static final String LIST_TOOLS = "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/list\"}";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final MoodleMcpServer server = ConformanceServer.server("the-right-key-of-the-suite");
    private GrizzlyServer container;

    @BeforeEach
    void start() throws IOException {
        container = GrizzlyServer.start(0, server.restComponents());
    }

    @AfterEach
    void stop() {
        server.close();
        container.close();
        client.close();
    }

    @Test
    void itAnswersNobodyWithoutItsKey() throws IOException, InterruptedException {
        assertThat(listTools("another-key-than-that-one").statusCode()).isEqualTo(401);
    }

    @Test
    void theFirstToolTakesNoArgumentsAndNoneHasAWordOfMoodle() throws IOException, InterruptedException {
        HttpResponse<String> response = listTools("the-right-key-of-the-suite");

        JsonNode tools = new ObjectMapper().readTree(response.body()).at("/result/tools");
        assertThat(tools.path(0).path("name").asText()).isEqualTo("test_simple_text");
        assertThat(tools.path(0).path("inputSchema").has("required")).isFalse();
        assertThat(tools.size()).isGreaterThan(30);
        assertThat(response.body()).doesNotContain("list_courses");
    }

    private HttpResponse<String> listTools(String key) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(container.url() + "/mcp"))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(LIST_TOOLS))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
