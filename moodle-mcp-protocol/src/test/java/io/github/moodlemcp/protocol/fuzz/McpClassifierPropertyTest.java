package io.github.moodlemcp.protocol.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.jsonrpc.Decoded;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcCodec;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcError;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcErrorCode;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcNotification;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcRequest;
import io.github.moodlemcp.protocol.mcp.Classified;
import io.github.moodlemcp.protocol.mcp.HeaderValue;
import io.github.moodlemcp.protocol.mcp.McpClassifier;
import io.github.moodlemcp.protocol.mcp.MetaKey;
import io.github.moodlemcp.protocol.mcp.ProtocolVersion;
import io.github.moodlemcp.protocol.mcp.RequestHeaders;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class McpClassifierPropertyTest {
    private static final List<String> VERSIONS = List.of(
            "2024-11-05",
            "2025-03-26",
            "2025-06-18",
            "2025-11-25",
            "2026-07-28",
            "2026-07-29",
            "1999-01-01",
            "v1",
            "",
            "ä");
    private static final List<String> METHODS = List.of(
            "initialize", "tools/call", "prompts/get", "resources/read", "tasks/get", "tools/list", "ping", "unknown");

    /** Constants: no text of a client can be in them. */
    private static final List<String> REFUSALS = List.of(
            "Invalid params: missing _meta " + MetaKey.PROTOCOL_VERSION,
            "Invalid params: missing _meta " + MetaKey.CLIENT_CAPABILITIES,
            "Header mismatch: MCP-Protocol-Version must equal _meta " + MetaKey.PROTOCOL_VERSION,
            "Header mismatch: Mcp-Method must equal the method of the body",
            "Header mismatch: Mcp-Name must equal the name in the parameters",
            "Header mismatch: initialize belongs to revisions before 2026-07-28",
            "Unsupported protocol version in MCP-Protocol-Version; call initialize first",
            "Unsupported protocol version");

    private final McpClassifier classifier = new McpClassifier();
    private final JsonRpcCodec codec = new JsonRpcCodec(1 << 20);

    @Property
    void anythingDecodedIsClassified(@ForAll("posts") Post post) {
        assertThat(classifier.classify(post.body(), post.headers())).isNotNull();
    }

    @Property
    void aRequestIsServedInOneEraOrRefusedWithItsId(@ForAll("requests") Post post) {
        JsonRpcRequest sent = (JsonRpcRequest) ((Decoded.Single) post.body()).message();
        boolean claimsAVersion = claimsAVersion(sent.params());
        boolean hasModernHeader = post.headers().protocolVersion() != null
                && ProtocolVersion.namesModernEra(post.headers().protocolVersion());

        switch (classifier.classify(post.body(), post.headers())) {
            case Classified.Request(var request, var version) -> {
                assertThat(request).isEqualTo(sent);
                assertThat(version.isModern()).isEqualTo(claimsAVersion);
                assertThat(hasModernHeader).isEqualTo(claimsAVersion);
            }
            case Classified.Refused(var status, var error) -> {
                assertThat(status).isEqualTo(400);
                assertThat(error.id()).isEqualTo(sent.id());
            }
            case Classified other -> throw new AssertionError("a request became " + other);
        }
    }

    @Property
    void aRefusalRepeatsNothingButTheVersionAskedFor(@ForAll("requests") Post post) {
        if (classifier.classify(post.body(), post.headers()) instanceof Classified.Refused(var status, var error)) {
            assertThat(error.message()).isIn(REFUSALS);
            if (error.data() != null) {
                assertThat(error.data().get("requested").textValue())
                        .isEqualTo(post.headers().protocolVersion());
            }
        }
    }

    @Property
    void everyElementOfABatchIsClassifiedInItsPlace(@ForAll("batches") Post post) {
        List<Decoded> elements = ((Decoded.Batch) post.body()).elements();

        switch (classifier.classify(post.body(), post.headers())) {
            case Classified.Batch(var messages) -> {
                assertThat(messages).hasSameSizeAs(elements);
                assertThat(elements).noneMatch(McpClassifierPropertyTest::claimsAVersion);
                for (int i = 0; i < messages.size(); i++) {
                    if (messages.get(i) instanceof Classified.Request(var request, var version)) {
                        assertThat(elements.get(i)).isEqualTo(new Decoded.Single(request));
                        assertThat(version.isModern()).isFalse();
                    }
                }
            }
            case Classified.Refused(var status, var error) ->
                assertThat(error.code()).isEqualTo(JsonRpcErrorCode.INVALID_REQUEST);
            case Classified.Message other -> throw new AssertionError("a batch became " + other);
        }
    }

    @Property
    void aNameThatNoHeaderCanCarryIsReadAsItWasEncoded(@ForAll("texts") String text) {
        String header = "=?base64?" + Base64.getEncoder().encodeToString(text.getBytes(UTF_8)) + "?=";

        assertThat(HeaderValue.decoded(header)).hasValue(text);
    }

    @Property
    void anyHeaderIsReadOrRefused(@ForAll("texts") String header) {
        assertThat(HeaderValue.decoded(header)).hasValue(header);
        assertThat(HeaderValue.decoded("=?base64?" + header + "?=")).isNotNull();
    }

    @Property
    void whatIsRefusedCanBeWritten(@ForAll("posts") Post post) {
        if (classifier.classify(post.body(), post.headers())
                instanceof Classified.Refused(var status, JsonRpcError error)) {
            assertThat(codec.decode(codec.encode(error))).isEqualTo(new Decoded.Single(error));
        }
    }

    record Post(Decoded body, RequestHeaders headers) {}

    @Provide
    static Arbitrary<Post> posts() {
        return Arbitraries.oneOf(
                requests(),
                batches(),
                Arbitraries.randomValue(random -> new Post(element(random), headers(random, null))));
    }

    @Provide
    static Arbitrary<Post> requests() {
        return Arbitraries.randomValue(random -> {
            JsonRpcRequest request = request(random);
            return new Post(new Decoded.Single(request), headers(random, request));
        });
    }

    @Provide
    static Arbitrary<Post> batches() {
        return Arbitraries.randomValue(random -> {
            List<Decoded> elements = random.ints(random.nextInt(5))
                    .mapToObj(ignored -> element(random))
                    .toList();
            return new Post(new Decoded.Batch(elements), headers(random, null));
        });
    }

    @Provide
    static Arbitrary<String> texts() {
        return Arbitraries.randomValue(random -> Json.text(random, 60));
    }

    private static boolean claimsAVersion(Decoded element) {
        return switch (element) {
            case Decoded.Single(JsonRpcRequest request) -> claimsAVersion(request.params());
            case Decoded.Single(JsonRpcNotification notification) -> claimsAVersion(notification.params());
            case Decoded other -> false;
        };
    }

    private static boolean claimsAVersion(ObjectNode params) {
        return params.path("_meta").has(MetaKey.PROTOCOL_VERSION);
    }

    private static Decoded element(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new Decoded.Invalid(new JsonRpcError(null, -32600, "Invalid request"));
            case 1 -> new Decoded.Single(new JsonRpcNotification(oneOf(random, METHODS), params(random)));
            case 2 -> new Decoded.Single(request(random));
            default -> new Decoded.Single(Messages.message(random));
        };
    }

    private static JsonRpcRequest request(Random random) {
        return new JsonRpcRequest(Messages.id(random), oneOf(random, METHODS), params(random));
    }

    /** Parameters that are often nearly those of a request of the modern era. */
    private static ObjectNode params(Random random) {
        ObjectNode params = Json.object(random);
        for (String name : List.of("name", "uri", "taskId", "protocolVersion")) {
            if (random.nextBoolean()) {
                params.put(name, random.nextBoolean() ? oneOf(random, VERSIONS) : Json.text(random, 20));
            }
        }
        if (random.nextInt(4) == 0) {
            params.set("_meta", Json.value(random));
        } else if (random.nextInt(3) != 0) {
            ObjectNode meta = params.putObject("_meta");
            if (random.nextInt(8) != 0) {
                meta.put(MetaKey.PROTOCOL_VERSION, oneOf(random, VERSIONS));
            } else {
                meta.set(MetaKey.PROTOCOL_VERSION, Json.value(random));
            }
            if (random.nextInt(4) != 0) {
                meta.putObject(MetaKey.CLIENT_CAPABILITIES);
            }
        }
        return params;
    }

    /** Headers that often agree with the request. */
    private static RequestHeaders headers(Random random, @Nullable JsonRpcRequest request) {
        ProtocolVersion session = random.nextInt(3) == 0 ? ProtocolVersion.negotiated(oneOf(random, VERSIONS)) : null;
        if (request == null || random.nextInt(3) == 0) {
            return new RequestHeaders(
                    orNull(random, oneOf(random, VERSIONS)),
                    orNull(random, oneOf(random, METHODS)),
                    orNull(random, Json.text(random, 20)),
                    session);
        }
        return new RequestHeaders(
                request.params().path("_meta").path(MetaKey.PROTOCOL_VERSION).textValue(),
                request.method(),
                request.params()
                        .path(oneOf(random, List.of("name", "uri", "taskId")))
                        .textValue(),
                session);
    }

    private static String oneOf(Random random, List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static @Nullable String orNull(Random random, String value) {
        return random.nextInt(3) == 0 ? null : value;
    }
}
