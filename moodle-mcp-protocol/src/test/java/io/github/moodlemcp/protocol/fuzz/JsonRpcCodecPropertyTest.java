package io.github.moodlemcp.protocol.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.moodlemcp.protocol.jsonrpc.Decoded;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcCodec;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcError;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcErrorCode;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcMessage;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcNotification;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcRequest;
import io.github.moodlemcp.protocol.jsonrpc.RequestId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class JsonRpcCodecPropertyTest {
    private final JsonRpcCodec codec = new JsonRpcCodec(100_000);

    @Property
    void anyBytesAreDecoded(@ForAll byte[] bytes) {
        assertThat(codec.decode(bytes)).isNotNull();
    }

    @Property
    void anyTextIsDecoded(@ForAll("jsonLikeTexts") String text) {
        assertThat(codec.decode(text)).isNotNull();
        assertThat(codec.decode(text.getBytes(UTF_8))).isNotNull();
    }

    @Property
    void aMessageIsReadAsItWasWritten(@ForAll("messages") JsonRpcMessage message) {
        assertThat(codec.decode(codec.encode(message))).isEqualTo(new Decoded.Single(message));
        assertThat(codec.decode(codec.encodeText(message))).isEqualTo(new Decoded.Single(message));
    }

    @Property
    void aBatchIsReadAsItWasWritten(@ForAll("batches") List<JsonRpcMessage> messages) {
        List<Decoded> expected =
                messages.stream().<Decoded>map(Decoded.Single::new).toList();

        assertThat(codec.decode(codec.encodeBatch(messages))).isEqualTo(new Decoded.Batch(expected));
    }

    @Property
    void whatIsWrittenIsUtf8WhateverTheStringsHold(@ForAll("anyChars") String text) throws CharacterCodingException {
        JsonRpcMessage message = new JsonRpcNotification(
                "m", JsonNodeFactory.instance.objectNode().put("value", text).put("name" + text, 1));

        byte[] written = codec.encode(message);

        assertThat(UTF_8.newDecoder().decode(ByteBuffer.wrap(written)).toString())
                .isEqualTo(codec.encodeText(message));
        assertThat(codec.decode(written)).isInstanceOf(Decoded.Single.class);
    }

    @Property
    void aMessageThatBreaksOffIsAParseError(
            @ForAll("messages") JsonRpcMessage message, @ForAll @IntRange(max = 999) int permille) {
        byte[] whole = codec.encode(message);
        byte[] part = Arrays.copyOf(whole, whole.length * permille / 1000);

        assertThat(errorOf(part).code()).isEqualTo(JsonRpcErrorCode.PARSE_ERROR);
    }

    @Property
    void bytesThatAreNotUtf8AreAParseError(
            @ForAll("messages") JsonRpcMessage message,
            @ForAll("notUtf8") byte[] wrong,
            @ForAll @IntRange(max = 999) int permille) {
        byte[] whole = codec.encode(message);
        int at = whole.length * permille / 1000;
        ByteBuffer spoilt = ByteBuffer.allocate(whole.length + wrong.length);
        spoilt.put(whole, 0, at).put(wrong).put(whole, at, whole.length - at);

        assertThat(errorOf(spoilt.array()).code()).isEqualTo(JsonRpcErrorCode.PARSE_ERROR);
    }

    @Property
    void aLoneSurrogateInBytesIsAParseErrorAndInATextIsReplaced(@ForAll("loneSurrogates") String lone) {
        String escaped = lone.chars().mapToObj("\\u%04x"::formatted).reduce("", String::concat);
        String document = "{\"jsonrpc\":\"2.0\",\"id\":\"%s\",\"result\":1}";

        assertThat(errorOf(document.formatted(escaped).getBytes(UTF_8)).code()).isEqualTo(JsonRpcErrorCode.PARSE_ERROR);
        assertThat(codec.decode(document.formatted(escaped)))
                .isEqualTo(codec.decode(document.formatted(lone)))
                .extracting(decoded -> ((Decoded.Single) decoded).message())
                .extracting("id.value")
                .asString()
                .contains("\uFFFD");
    }

    @Property
    void aDuplicateNameIsAParseErrorAtAnyDepth(
            @ForAll @Size(max = 60) List<Boolean> levels, @ForAll @IntRange(min = 1, max = 4) int distance) {
        String members = "\"n\":0," + "\"x%d\":0,".repeat(distance).formatted(1, 2, 3, 4) + "\"\\u006e\":[]";

        assertThat(errorOf(nested(levels, "{" + members + "}").getBytes(UTF_8)).code())
                .isEqualTo(JsonRpcErrorCode.PARSE_ERROR);
    }

    @Property
    void sixtyFourLevelsAreRead(@ForAll @Size(min = 1, max = 90) List<Boolean> levels) {
        int code = errorOf(nested(levels, "0").getBytes(UTF_8).clone()).code();

        assertThat(code)
                .isEqualTo(levels.size() <= 64 ? JsonRpcErrorCode.INVALID_REQUEST : JsonRpcErrorCode.PARSE_ERROR);
    }

    @Property
    void noErrorRepeatsWhatWasSent(@ForAll("spoilt") String text) {
        Assume.that(text.contains("Marker"));

        if (codec.decode(text.getBytes(UTF_8)) instanceof Decoded.Invalid(JsonRpcError error)) {
            assertThat(error.message()).doesNotContain("Marker");
            assertThat(error.data()).isNull();
        }
    }

    @Property
    void anInvalidRequestKeepsItsReadableId(@ForAll("ids") RequestId id, @ForAll("values") JsonNode notAnObject) {
        Assume.that(!notAnObject.isObject());
        String request = codec.encodeText(new JsonRpcRequest(id, "m", JsonNodeFactory.instance.objectNode()));

        assertThat(errorOf(request.replace("{}}", notAnObject + "}").getBytes(UTF_8)))
                .extracting(JsonRpcError::id, JsonRpcError::code)
                .containsExactly(id, JsonRpcErrorCode.INVALID_REQUEST);
    }

    @Provide
    static Arbitrary<JsonNode> values() {
        return Arbitraries.randomValue(Json::value);
    }

    @Provide
    static Arbitrary<RequestId> ids() {
        return Arbitraries.randomValue(Messages::id);
    }

    @Provide
    static Arbitrary<JsonRpcMessage> messages() {
        return Arbitraries.randomValue(Messages::message);
    }

    @Provide
    static Arbitrary<List<JsonRpcMessage>> batches() {
        return messages().list().ofMinSize(1).ofMaxSize(8);
    }

    @Provide
    static Arbitrary<String> anyChars() {
        return Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(200),
                Arbitraries.strings().withCharRange('\uD7FE', '\uE001').ofMaxLength(200));
    }

    @Provide
    static Arbitrary<String> loneSurrogates() {
        return Arbitraries.of(
                "\uD800", "\uDFFF", "\uDC00\uD83D", "a\uDBFFz", "\uD83D\uD83D\uDE00", "\uD83D\uDE00\uDE00");
    }

    @Provide
    static Arbitrary<byte[]> notUtf8() {
        return Arbitraries.of(
                        "\u0080",
                        "ÿ",
                        "À\u0080",
                        "Á¿",
                        "í\u00a0\u0080",
                        "ô\u0090\u0080\u0080",
                        "à\u0080\u0080",
                        "Ã",
                        "ð\u009f\u0098",
                        "þÿ")
                .map(text -> text.getBytes(ISO_8859_1));
    }

    @Provide
    static Arbitrary<String> jsonLikeTexts() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ",",
                        ":",
                        "\"",
                        "\\",
                        "\\u",
                        "d83d",
                        "0",
                        "-",
                        "1e",
                        "9",
                        ".",
                        "null",
                        "true",
                        "NaN",
                        " ",
                        "\n",
                        "\0",
                        "\uFEFF",
                        "\uD83D",
                        "ä",
                        "//",
                        "'",
                        "\"jsonrpc\":\"2.0\"",
                        "\"id\":",
                        "\"method\":",
                        "\"params\":",
                        "\"result\":",
                        "\"error\":")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }

    @Provide
    static Arbitrary<String> spoilt() {
        String text =
                "{\"jsonrpc\":\"2.0\",\"id\":\"Marker\",\"method\":\"Marker\",\"params\":{\"Marker\":\"Marker\"}}";
        return Arbitraries.integers()
                .between(0, text.length() - 1)
                .flatMap(at -> Arbitraries.of("", "\"", "x", "}", "{", "0", "\\", ",", "[", "null", "\0", "Marker")
                        .map(wrong -> text.substring(0, at) + wrong + text.substring(at + 1)));
    }

    /** Wraps a value in arrays and objects. */
    private static String nested(List<Boolean> levels, String value) {
        String document = value;
        for (boolean isArray : levels) {
            document = isArray ? "[" + document + "]" : "{\"\":" + document + "}";
        }
        return document;
    }

    private JsonRpcError errorOf(byte[] bytes) {
        Decoded decoded = codec.decode(bytes);
        return switch (decoded) {
            case Decoded.Invalid(var error) -> error;
            case Decoded.Batch(var elements)
            when elements.size() == 1 && elements.getFirst() instanceof Decoded.Invalid(var error) -> error;
            case Decoded.Batch ignored -> throw new AssertionError("read as a batch: " + decoded);
            case Decoded.Single ignored -> throw new AssertionError("read as a message: " + decoded);
        };
    }
}
