package io.github.moodlemcp.distribution.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.portal.credential.IssuedKey;
import io.github.moodlemcp.testkit.mcp.McpTestClient;
import io.github.moodlemcp.testkit.mcp.McpTestClient.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the MCP endpoint answers to good and to bad requests. */
class McpDoorTest extends ServiceScenario {
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";

    @Nested
    class WithoutAGoodKey {

        @ParameterizedTest
        @ValueSource(strings = {"POST", "GET", "DELETE"})
        void theAnswerIs401BeforeTheMethodIsLookedAt(String method) {
            Answer answer = service.client("").send(method, method.equals("POST") ? LIST : "", Map.of());

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("www-authenticate"))
                    .isEqualTo("Bearer resource_metadata=\"" + service.base()
                            + "/.well-known/oauth-protected-resource/mcp\", scope=\"moodle:read\"");
        }

        @Test
        void unknownMalformedAndRevokedKeysAreAnsweredAlike() {
            IssuedKey.Issued revoked = anna.newKey();
            anna.revoke(revoked);
            String unknown = service.person("ben@example.edu").newKey().secret();
            String wellFormedElsewhere =
                    unknown.substring(0, unknown.length() - 1) + (unknown.endsWith("a") ? "b" : "a");

            Answer first = service.client(revoked.secret()).post(LIST, Map.of());
            Answer second = service.client(wellFormedElsewhere).post(LIST, Map.of());
            Answer third = service.client("nonsense").post(LIST, Map.of());

            assertThat(first.status()).isEqualTo(401);
            assertThat(first.header("www-authenticate")).startsWith("Bearer error=\"invalid_token\"");
            assertThat(second).isEqualTo(first);
            assertThat(third).isEqualTo(first);
        }

        @Test
        void anotherSchemeIsNoKey() {
            Answer answer = service.client("").post(LIST, Map.of("Authorization", "Basic YTpi"));

            assertThat(answer.status()).isEqualTo(401);
        }
    }

    @Nested
    class BadRequests {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{ | 400 | -32700",
                    "'' | 400 | -32700",
                    "[] | 400 | -32600",
                    "42 | 400 | -32600",
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"id\":2} | 400 | -32700",
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"no/such\"} | 200 | -32601",
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{}} | 200 | -32602",
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"rm_rf\"}} | 200 | -32602",
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"get_course\",\"arguments\":7}}"
                            + " | 200 | -32602",
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{\"cursor\":\"x\"}} | 200 | -32602"
                })
        void haveTheirStatusAndCode(String body, int status, int code) {
            Answer answer = anna.client().post(body, Map.of());

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.body().at("/error/code").intValue()).isEqualTo(code);
        }

        @Test
        void anUnknownModernMethodIs404() {
            Answer answer = anna.client().request("ping", JsonNodeFactory.instance.objectNode());

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body().at("/error/code").intValue()).isEqualTo(-32601);
            assertThat(answer.body().at("/id").isNumber()).isTrue();
        }

        @Test
        void aBodyOverTheLimitIs413() {
            Answer answer = anna.client().post("{\"x\":\"" + "a".repeat(1 << 20) + "\"}", Map.of());

            assertThat(answer.status()).isEqualTo(413);
        }

        @ParameterizedTest
        @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded"})
        void anotherMediaTypeIs415(String type) {
            assertThat(anna.client().post(LIST, Map.of("Content-Type", type)).status())
                    .isEqualTo(415);
        }

        @Test
        void aCompressedBodyIs415() {
            assertThat(anna.client()
                            .post(LIST, Map.of("Content-Encoding", "gzip"))
                            .status())
                    .isEqualTo(415);
        }

        @Test
        void aForeignOriginIs403() {
            assertThat(anna.client()
                            .post(LIST, Map.of("Origin", "https://evil.example"))
                            .status())
                    .isEqualTo(403);
            assertThat(anna.client().post(LIST, Map.of("Origin", "null")).status())
                    .isEqualTo(403);
            assertThat(anna.client()
                            .post(LIST, Map.of("Origin", "http://localhost:3000"))
                            .status())
                    .isEqualTo(200);
        }

        @ParameterizedTest
        @CsvSource({
            "/mcp, evil.example, 403",
            "/, localhost.evil.example, 403",
            "/, under_score:80, 400",
            "/, a b, 400",
            "/%zz, localhost, 400",
            "/a|b, localhost, 400",
            "/nowhere, localhost, 404"
        })
        void aForeignHostOrAMalformedAddressIsRefusedWithoutAStackTrace(String path, String host, int status)
                throws IOException {
            String answer = raw("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");

            assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
            assertThat(answer).doesNotContain("Exception", "at io.", "at java.", "grizzly");
        }

        private String raw(String request) throws IOException {
            try (Socket socket = new Socket("127.0.0.1", service.base().getPort())) {
                OutputStream out = socket.getOutputStream();
                out.write(request.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
                InputStream in = socket.getInputStream();
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    @Nested
    class BothEras {

        @Test
        void aModernClientDiscoversListsAndCalls() {
            McpTestClient client = anna.client();
            ObjectNode none = JsonNodeFactory.instance.objectNode();

            Answer discovery = client.request("server/discover", none.deepCopy());
            Answer tools = client.request("tools/list", none.deepCopy());
            Answer status = client.callTool("get_status", none.deepCopy());

            assertThat(discovery.body().at("/result/supportedVersions/0").asText())
                    .isEqualTo("2026-07-28");
            assertThat(tools.body().at("/result/tools")).hasSizeGreaterThanOrEqualTo(5);
            assertThat(tools.body().at("/result/cacheScope").asText()).isEqualTo("private");
            assertThat(status.body().at("/result/resultType").asText()).isEqualTo("complete");
            assertThat(status.body().at("/result/content/0/text").asText()).startsWith("No browser is connected.");
        }

        @Test
        void aClientThatInitializesIsServed() {
            McpTestClient client = anna.client();
            Answer initialized = client.post(
                    "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-06-18\","
                            + "\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}",
                    Map.of());
            Answer notified = client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", Map.of());
            Answer pinged = client.post(
                    "{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"method\":\"ping\"}",
                    Map.of("MCP-Protocol-Version", "2025-06-18"));

            assertThat(initialized.body().at("/result/protocolVersion").asText())
                    .isEqualTo("2025-06-18");
            assertThat(initialized.body().at("/result/capabilities").toString())
                    .isEqualTo("{\"tools\":{},\"resources\":{},\"prompts\":{},\"completions\":{}}");
            assertThat(notified.status()).isEqualTo(202);
            assertThat(pinged.body().toString()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"result\":{}}");
        }

        @Test
        void aBatchOfItsRevisionIsAnsweredAsOne() {
            Answer answer = anna.client()
                    .post(
                            "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"},{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"nope\"}]",
                            Map.of("MCP-Protocol-Version", "2025-03-26"));

            assertThat(answer.body()).hasSize(2);
            assertThat(answer.body().at("/0/result").isObject()).isTrue();
            assertThat(answer.body().at("/1/error/code").intValue()).isEqualTo(-32601);
        }

        @ParameterizedTest
        @ValueSource(strings = {"GET", "DELETE"})
        void thereIsNoStreamToOpenAndNoSessionToEnd(String method) {
            Answer answer = anna.client().send(method, "", Map.of());

            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.header("allow")).isEqualTo("POST, DELETE");
        }

        @Test
        void aClientThatAcceptsOnlyStreamsStillGetsItsJson() {
            assertThat(anna.client()
                            .post(LIST, Map.of("Accept", "text/event-stream"))
                            .status())
                    .isEqualTo(200);
        }
    }
}
