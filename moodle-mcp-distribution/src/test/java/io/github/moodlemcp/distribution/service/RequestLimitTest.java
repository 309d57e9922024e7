package io.github.moodlemcp.distribution.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.distribution.database.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an account may send in a minute, over HTTP. */
@ExtendWith(TestDatabase.class)
class RequestLimitTest {
    private static final int LIMIT = 20;
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}";

    private final HttpClient http = HttpClient.newHttpClient();
    private RunningService service;
    private RunningService.Person anna;

    @BeforeEach
    void start(DataSource database) throws IOException {
        service = new RunningService(database, LIMIT);
        anna = service.person("anna@example.edu");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void exactlyTheLimitIsAnsweredOverAllKeysAndConnectionsAtOnce() throws Exception {
        List<String> keys = List.of(newKey(), newKey(), newKey(), newKey(), newKey());
        List<Future<HttpResponse<String>>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 5 * LIMIT; i++) {
                String key = keys.get(i % keys.size());
                answers.add(threads.submit(() -> post("/mcp", key, LIST)));
            }
        }
        long answered = 0;
        for (Future<HttpResponse<String>> answer : answers) {
            answered += answer.get().statusCode() == 200 ? 1 : 0;
            assertThat(answer.get().statusCode()).isIn(200, 429);
            assertThat(answer.get().headers().firstValue("RateLimit-Policy")).contains("\"default\";q=20;w=60");
        }
        assertThat(answered).isEqualTo(LIMIT);

        HttpResponse<String> ofBen =
                post("/mcp", service.person("ben@example.edu").newKey().secret(), LIST);
        assertThat(ofBen.statusCode()).isEqualTo(200);
        assertThat(ofBen.headers().firstValue("RateLimit")).contains("\"default\";r=19;t=60");
    }

    @Test
    void whatAppsAskCountsForTheirPersonToo() throws Exception {
        String ofApp = anna.connectApp("moodle:read").accessToken();
        String key = newKey();

        assertThat(remaining(post("/mcp", ofApp, LIST))).isEqualTo(LIMIT - 1);
        assertThat(remaining(post("/mcp", key, LIST))).isEqualTo(LIMIT - 2);
        assertThat(post("/mcp", key, batch(LIMIT - 2)).statusCode()).isEqualTo(200);
        assertThat(post("/mcp", ofApp, LIST).statusCode()).isEqualTo(429);
    }

    @Test
    void aRefusalSaysWhenToComeBackAndRepeatsTheId() throws Exception {
        String key = newKey();
        post("/mcp", key, batch(LIMIT));

        HttpResponse<String> refused = post("/mcp", key, LIST);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(50, 60);
        assertThat(refused.headers().firstValue("RateLimit").orElseThrow()).startsWith("\"default\";r=0;t=");
        assertThat(refused.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(refused.body())
                .contains("\"id\":7", "\"code\":429", "at most 20 in any 60 seconds")
                .doesNotContain(key);
    }

    @Test
    void anArrayCountsOnceForEachElementAndIsTakenWholeOrNotAtAll() throws Exception {
        String key = newKey();

        assertThat(post("/mcp", key, batch(LIMIT + 1)).statusCode()).isEqualTo(429);
        assertThat(remaining(post("/mcp", key, batch(LIMIT - 3)))).isEqualTo(3);
        assertThat(post("/mcp", key, batch(4)).statusCode()).isEqualTo(429);
        assertThat(remaining(post("/mcp", key, "nonsense"))).isEqualTo(2);
        assertThat(remaining(post("/mcp", key, "[]"))).isEqualTo(1);
        assertThat(remaining(post("/mcp", key, LIST))).isZero();
    }

    @Test
    void whoHasNoGoodKeyIsNotCountedAgainstAnybody() throws Exception {
        for (int i = 0; i < 2 * LIMIT; i++) {
            HttpResponse<String> answer = post("/mcp", "mmcp_wrong", LIST);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("RateLimit")).isEmpty();
        }
        assertThat(remaining(post("/mcp", newKey(), LIST))).isEqualTo(LIMIT - 1);
    }

    private String newKey() {
        return anna.newKey().secret();
    }

    private static int remaining(HttpResponse<String> answer) {
        String header = answer.headers().firstValue("RateLimit").orElseThrow();
        return Integer.parseInt(header.replaceAll(".*;r=([0-9]+);.*", "$1"));
    }

    private static String batch(int elements) {
        return "[" + (LIST + ",").repeat(elements - 1) + LIST + "]";
    }

    private HttpResponse<String> post(String path, String key, String body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(service.base() + path))
                        .header("Authorization", "Bearer " + key)
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json, text/event-stream")
                        .header("MCP-Protocol-Version", "2025-03-26")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
