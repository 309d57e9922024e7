package io.github.moodlemcp.protocol.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.protocol.jsonrpc.JsonRpcCodec;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcError;
import io.github.moodlemcp.protocol.jsonrpc.RequestId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class McpClassifierTest {
    private static final String MODERN = "2026-07-28";

    private final JsonRpcCodec codec = new JsonRpcCodec(10_000);
    private final McpClassifier classifier = new McpClassifier();

    @Nested
    class ModernRequests {

        @Test
        void aCompleteEnvelopeIsServed() {
            assertThat(classify(
                            call(MODERN, "tools/call", "\"name\":\"get_course\","), MODERN, "tools/call", "get_course"))
                    .isInstanceOfSatisfying(
                            Classified.Request.class,
                            request -> assertThat(request.version()).isEqualTo(ProtocolVersion.V2026_07_28));
        }

        @Test
        void anEncodedNameIsDecodedBeforeItIsCompared() {
            assertThat(classify(
                            call(MODERN, "tools/call", "\"name\":\"get_course\","),
                            MODERN,
                            "tools/call",
                            "=?base64?Z2V0X2NvdXJzZQ==?="))
                    .isInstanceOf(Classified.Request.class);
        }

        @Test
        void badBase64IsAMismatch() {
            assertRefused(
                    classify(call(MODERN, "tools/call", "\"name\":\"a\","), MODERN, "tools/call", "=?base64?!!?="),
                    -32020);
        }

        @Test
        void aMissingEnvelopeIsInvalidParams() {
            assertRefused(
                    classify("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}", MODERN, "tools/list", null),
                    -32602);
        }

        @Test
        void missingClientCapabilitiesAreInvalidParams() {
            String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{\"_meta\":{"
                    + "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}}}";

            assertRefused(classify(body, MODERN, "tools/list", null), -32602);
        }

        @Test
        void headersThatDisagreeAreAMismatch() {
            String body = call(MODERN, "tools/call", "\"name\":\"a\",");

            assertRefused(classify(body, "2025-11-25", "tools/call", "a"), -32020);
            assertRefused(classify(body, null, "tools/call", "a"), -32020);
            assertRefused(classify(body, MODERN, "tools/list", "a"), -32020);
            assertRefused(classify(body, MODERN, null, "a"), -32020);
            assertRefused(classify(body, MODERN, "tools/call", "b"), -32020);
            assertRefused(classify(body, MODERN, "tools/call", null), -32020);
        }

        @Test
        void anotherVersionIsNamedWithThoseServed() {
            JsonRpcError error =
                    assertRefused(classify(call("v999.0.0", "tools/list", ""), "v999.0.0", "tools/list", null), -32022);

            assertThat(error.data().toString())
                    .isEqualTo("{\"supported\":[\"2026-07-28\"],\"requested\":\"v999.0.0\"}");
            assertThat(error.id()).isEqualTo(new RequestId.Number(1));
        }

        @Test
        void aDisagreementComesBeforeTheVersion() {
            assertRefused(classify(call("v999.0.0", "tools/list", ""), MODERN, "tools/list", null), -32020);
        }

        @Test
        void initializeUnderAModernHeaderIsAMismatch() {
            assertRefused(
                    classify("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\"}", MODERN, "initialize", null),
                    -32020);
        }
    }

    @Nested
    class LegacyRequests {

        @Test
        void initializeIsAnsweredInTheVersionItAsksFor() {
            assertVersion(initialize("2025-06-18"), null, ProtocolVersion.V2025_06_18);
            assertVersion(initialize("2025-03-26"), "2025-11-25", ProtocolVersion.V2025_03_26);
        }

        @Test
        void initializeForAnUnknownVersionIsAnsweredInTheNewest() {
            assertVersion(initialize("2024-10-07"), null, ProtocolVersion.V2025_11_25);
            assertVersion(initialize("1.0"), null, ProtocolVersion.V2025_11_25);
            assertVersion(initialize("2026-07-28"), null, ProtocolVersion.V2025_11_25);
        }

        @Test
        void theHeaderNamesTheVersionAfterwards() {
            String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";

            assertVersion(body, "2025-06-18", ProtocolVersion.V2025_06_18);
            assertVersion(body, null, ProtocolVersion.V2025_11_25);
            assertRefused(classify(body, "2024-01-01", null, null), -32600);
        }

        @Test
        void methodAndNameHeadersAreNoEvidenceOfTheModernEra() {
            assertThat(classify(initialize("2025-11-25"), null, "initialize", null))
                    .isInstanceOf(Classified.Request.class);
        }

        @Test
        void notificationsAndResponsesAreToldApart() {
            String initialized = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

            assertThat(classify(initialized, null, null, null)).isInstanceOf(Classified.Notification.class);
            assertThat(classify(initialized, MODERN, null, null)).isInstanceOf(Classified.Ignored.class);
            assertThat(classify("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}", null, null, null))
                    .isInstanceOf(Classified.Response.class);
        }

        @Test
        void theSessionSaysTheVersionWhenNoHeaderDoes() {
            RequestHeaders headers = new RequestHeaders(null, null, null, ProtocolVersion.V2025_06_18);
            String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";

            assertThat(classifier.classify(codec.decode(body), headers))
                    .isInstanceOfSatisfying(
                            Classified.Request.class,
                            request -> assertThat(request.version()).isEqualTo(ProtocolVersion.V2025_06_18));
        }
    }

    @Nested
    class Batches {
        private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

        @Test
        void belongToTheirRevision() {
            assertThat(classify("[" + PING + ",7]", "2025-03-26", null, null))
                    .isInstanceOfSatisfying(
                            Classified.Batch.class,
                            batch -> assertThat(batch.messages())
                                    .hasExactlyElementsOfTypes(Classified.Request.class, Classified.Refused.class));
            assertRefused(classify("[" + PING + "]", "2025-06-18", null, null), -32600);
        }

        @Test
        void mayNotBeEmptyOrModern() {
            assertRefused(classify("[]", null, null, null), -32600);
            assertRefused(classify("[" + call(MODERN, "tools/list", "") + "]", null, null, null), -32600);
        }

        @Test
        void haveAtMostAHundredMessages() {
            assertThat(classify("[" + (PING + ",").repeat(99) + PING + "]", null, null, null))
                    .isInstanceOf(Classified.Batch.class);
            assertRefused(classify("[" + (PING + ",").repeat(100) + PING + "]", null, null, null), -32600);
        }
    }

    @Test
    void whatIsNotJsonIsRefusedWith400() {
        assertRefused(classify("{", null, null, null), -32700);
    }

    private void assertVersion(String body, @Nullable String header, ProtocolVersion expected) {
        assertThat(classify(body, header, null, null))
                .isInstanceOfSatisfying(
                        Classified.Request.class,
                        request -> assertThat(request.version()).isEqualTo(expected));
    }

    private static JsonRpcError assertRefused(Classified classified, int code) {
        assertThat(classified).isInstanceOf(Classified.Refused.class);
        Classified.Refused refused = (Classified.Refused) classified;
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error().code()).isEqualTo(code);
        return refused.error();
    }

    private Classified classify(String body, @Nullable String version, @Nullable String method, @Nullable String name) {
        return classifier.classify(codec.decode(body), new RequestHeaders(version, method, name));
    }

    private static String call(String version, String method, String extraParams) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + extraParams
                + "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"" + version
                + "\",\"io.modelcontextprotocol/clientCapabilities\":{}}}}";
    }

    private static String initialize(String version) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"" + version
                + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"x\",\"version\":\"1\"}}}";
    }
}
