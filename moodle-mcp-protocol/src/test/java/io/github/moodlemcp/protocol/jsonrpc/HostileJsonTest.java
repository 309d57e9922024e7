package io.github.moodlemcp.protocol.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no well-meaning client sends, and what each of it becomes. */
class HostileJsonTest {
    private static final int MEBIBYTE = 1 << 20;

    private final JsonRpcCodec codec = new JsonRpcCodec(MEBIBYTE);

    @Nested
    class Bytes {

        @ParameterizedTest
        @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE", "IBM037"})
        void anotherEncodingIsAParseError(String charset) {
            assertParseError("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\"}".getBytes(Charset.forName(charset)));
        }

        @Test
        void aByteOrderMarkIsAParseError() {
            assertParseError("\uFEFF{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\"}".getBytes(UTF_8));
        }

        @Test
        void theReplacementCharacterItselfIsACharacter() {
            assertThat(idOf("\"\uFFFD\"")).isEqualTo(new RequestId.Text("\uFFFD"));
        }

        @Test
        void oneByteOverTheLimitIsAParseError() {
            byte[] longest = (" ".repeat(MEBIBYTE - 1) + "0").getBytes(UTF_8);
            byte[] tooLong = (" ".repeat(MEBIBYTE) + "0").getBytes(UTF_8);

            assertThat(errorOf(longest).code()).isEqualTo(JsonRpcErrorCode.INVALID_REQUEST);
            assertParseError(tooLong);
        }

        @Test
        void theLimitCountsBytesNotCharacters() {
            assertParseError(("\"" + "ä".repeat(MEBIBYTE / 2) + "\"").getBytes(UTF_8));
        }
    }

    @Nested
    class Grammar {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{'a':1}",
                    "{a:1}",
                    "[1,]",
                    "{\"a\":1,}",
                    "[1 2]",
                    "// comment\n1",
                    "/* comment */1",
                    "# comment\n1",
                    "NaN",
                    "Infinity",
                    "-Infinity",
                    "+1",
                    ".5",
                    "5.",
                    "0x1F",
                    "1e",
                    "True",
                    "undefined",
                    "1 1",
                    "1,",
                    "{}]",
                    "\"\t\"",
                    "\"\\x41\"",
                    "\"\\u12\"",
                    "\"unterminated",
                    "\u00a01",
                    "\0",
                    "1\0"
                })
        void whatOtherReadersTakeForJsonIsAParseError(String text) {
            assertParseError(text.getBytes(UTF_8));
            assertThat(codec.decode(text)).isInstanceOf(Decoded.Invalid.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"a\":1,\"a\":1}",
                    "[{\"b\":{\"a\":1,\"c\":2,\"a\":1}}]",
                    "{\"a\":1,\"\\u0061\":1}",
                    "{\"\":1,\"\":1}"
                })
        void aDuplicateNameIsAParseError(String text) {
            assertParseError(text.getBytes(UTF_8));
        }

        @Test
        void aNulCharacterInAStringIsKept() {
            assertThat(idOf("\"a\\u0000b\"")).isEqualTo(new RequestId.Text("a\0b"));
        }
    }

    @Nested
    class Limits {

        @Test
        void namesOf256CharactersAreRead() {
            assertThat(paramsOf("{\"" + "n".repeat(256) + "\":1}")).hasSize(1);
            assertParseErrorIn("{\"" + "n".repeat(257) + "\":1}");
            assertParseErrorIn("{\"" + "\\u006e".repeat(257) + "\":1}");
        }

        @Test
        void decimalsOf64DigitsAreRead() {
            String digits = "9".repeat(32) + "." + "9".repeat(32);

            assertThat(paramsOf("{\"n\":" + digits + "}").get("n")).hasToString(digits);
            assertParseErrorIn("{\"n\":" + digits + "99}");
            assertParseErrorIn("{\"n\":99" + digits + "}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "-"})
        void integersOf64DigitsAreRead(String sign) {
            String digits = "9".repeat(64);

            assertThat(paramsOf("{\"n\":" + sign + digits + "}").get("n").asText())
                    .isEqualTo(sign + digits);
            assertParseErrorIn("{\"n\":" + sign + digits + "9}");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "1e401",
                    "-1e401",
                    "1e-401",
                    "0e401",
                    "1e999999999",
                    "-1E+999999999",
                    "1e-999999999",
                    "1e99999999999999999999"
                })
        void anExponentBeyond400IsAParseError(String number) {
            assertParseErrorIn("{\"n\":" + number + "}");
        }

        @ParameterizedTest
        @CsvSource({
            "1e400, 1E+400",
            "1e-400, 1E-400",
            "-0, 0",
            "-0.0, 0.0",
            "1.50, 1.50",
            "1e2, 1E+2",
            "9007199254740993.1, 9007199254740993.1"
        })
        void aSmallerOneIsReadAsItWasSent(String number, String read) {
            assertThat(paramsOf("{\"n\":" + number + "}").get("n")).hasToString(read);
        }

        @Test
        void aHundredMessagesAreABatch() {
            String message = "{\"jsonrpc\":\"2.0\",\"method\":\"a\"}";

            assertThat(codec.decode(("[" + message + ("," + message).repeat(99) + "]").getBytes(UTF_8)))
                    .isInstanceOfSatisfying(
                            Decoded.Batch.class,
                            batch -> assertThat(batch.elements()).hasSize(100));
            assertThat(errorOf(("[" + message + ("," + message).repeat(100) + "]").getBytes(UTF_8))
                            .code())
                    .isEqualTo(JsonRpcErrorCode.INVALID_REQUEST);
        }

        @Test
        void twoHundredThousandTokensAreRead() {
            // Ten are around the elements.
            assertThat(paramsOf("{\"a\":[" + "0,".repeat(199_980) + "0]}")).hasSize(1);
            assertParseErrorIn("{\"a\":[" + "0,".repeat(200_000) + "0]}");
        }
    }

    @Nested
    class Ids {

        @ParameterizedTest
        @CsvSource({"0, 0", "-0, 0", "9007199254740992, 9007199254740992", "-9007199254740992, -9007199254740992"})
        void anIntegerWithin53BitsIsAnId(String number, long id) {
            assertThat(idOf(number)).isEqualTo(new RequestId.Number(id));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "1.0",
                    "1e2",
                    "1e300",
                    "0.5",
                    "-0.0",
                    "9007199254740993",
                    "-9007199254740993",
                    "-9223372036854775808",
                    "9223372036854775808",
                    "true",
                    "null",
                    "[]",
                    "{}"
                })
        void anyOtherIsNone(String id) {
            assertThat(errorOf(request(id, "{}")))
                    .extracting(JsonRpcError::code, JsonRpcError::id)
                    .containsExactly(JsonRpcErrorCode.INVALID_REQUEST, null);
        }
    }

    @Nested
    class LoneSurrogates {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\\ud83d",
                    "\\uDE00",
                    "\\ud83dx",
                    "\\ud83d\\ud83d\\ude00",
                    "\\ude00\\ud83d",
                    "\\ud83d\\\\ude00"
                })
        void areAParseErrorInBytes(String escaped) {
            assertParseError(request("\"" + escaped + "\"", "{}"));
            assertParseError(request("1", "{\"" + escaped + "\":1}"));
        }

        @ParameterizedTest
        @CsvSource({"\\ud83d,�", "a\\uDE00,a�", "\\ude00\\ud83d\\ude00,�😀", "\\ud83d\\\\ude00,�\\ude00"})
        void areReplacedInATextFromTheBridge(String escaped, String read) {
            Decoded decoded = codec.decode("{\"jsonrpc\":\"2.0\",\"id\":\"" + escaped + "\",\"result\":{}}");

            assertThat(decoded)
                    .isInstanceOfSatisfying(
                            Decoded.Single.class,
                            single -> assertThat(((JsonRpcResult) single.message()).id())
                                    .isEqualTo(new RequestId.Text(read)));
        }

        @Test
        void arePairsWhenBothHalvesAreThere() {
            assertThat(idOf("\"\\ud83d\\ude00\"")).isEqualTo(new RequestId.Text("😀"));
            assertThat(idOf("\"\\\\ud83d\"")).isEqualTo(new RequestId.Text("\\ud83d"));
        }

        @Test
        void areReplacedInWhatIsWritten() {
            byte[] written = codec.encode(new JsonRpcError(new RequestId.Text("a\uD83D"), 1, "\uDE00b"));

            assertThat(new String(written, UTF_8))
                    .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"a�\",\"error\":{\"code\":1,\"message\":\"�b\"}}");
        }
    }

    @Test
    void anUnreadableIdIsLeftOutOfTheAnswer() {
        assertThat(codec.encodeText(errorOf("{".getBytes(UTF_8)))).doesNotContain("id\"");
    }

    private static byte[] request(String id, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"a\",\"params\":%s}"
                .formatted(id, params)
                .getBytes(UTF_8);
    }

    private RequestId idOf(String id) {
        return single(request(id, "{}")).id();
    }

    private JsonNode paramsOf(String params) {
        return single(request("1", params)).params();
    }

    private JsonRpcRequest single(byte[] bytes) {
        Decoded decoded = codec.decode(bytes);
        assertThat(decoded).isInstanceOf(Decoded.Single.class);
        return (JsonRpcRequest) ((Decoded.Single) decoded).message();
    }

    private void assertParseErrorIn(String params) {
        assertParseError(request("1", params));
    }

    private void assertParseError(byte[] bytes) {
        assertThat(errorOf(bytes))
                .extracting(JsonRpcError::code, JsonRpcError::id)
                .containsExactly(JsonRpcErrorCode.PARSE_ERROR, null);
    }

    private JsonRpcError errorOf(byte[] bytes) {
        Decoded decoded = codec.decode(bytes);
        assertThat(decoded).isInstanceOf(Decoded.Invalid.class);
        return ((Decoded.Invalid) decoded).error();
    }
}
