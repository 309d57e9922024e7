package io.github.moodlemcp.protocol.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRpcCodecTest {
    private final JsonRpcCodec codec = new JsonRpcCodec(100_000);

    @Nested
    class Reading {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "{",
                    "nope",
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\"}{}",
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\",\"method\":\"b\"}",
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\",\"params\":{\"x\":01}}",
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\",\"params\":{\"x\":NaN}}"
                })
        void whatIsNotJsonIsAParseError(String text) {
            assertThat(errorOf(text).code()).isEqualTo(JsonRpcErrorCode.PARSE_ERROR);
        }

        @Test
        void deepNestingIsAParseError() {
            assertThat(errorOf("[".repeat(65) + "]".repeat(65)).code()).isEqualTo(JsonRpcErrorCode.PARSE_ERROR);
        }

        @Test
        void aHugeNumberIsAParseError() {
            assertThat(errorOf("{\"jsonrpc\":\"2.0\",\"id\":" + "9".repeat(65) + ",\"method\":\"a\"}")
                            .code())
                    .isEqualTo(JsonRpcErrorCode.PARSE_ERROR);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "1",
                    "null",
                    "\"text\"",
                    "{}",
                    "{\"id\":1,\"method\":\"a\"}",
                    "{\"jsonrpc\":\"2.0\",\"id\":1}",
                    "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"a\"}",
                    "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"a\"}",
                    "{\"jsonrpc\":\"2.0\",\"id\":9007199254740993,\"method\":\"a\"}",
                    "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"a\"}",
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":5}",
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\"}",
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\",\"params\":[1]}",
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":1,\"error\":{}}",
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":\"text\"}"
                })
        void whatIsNoMessageIsAnInvalidRequest(String text) {
            assertThat(errorOf(text).code()).isEqualTo(JsonRpcErrorCode.INVALID_REQUEST);
        }

        @Test
        void anInvalidRequestKeepsItsIdWhenItCanBeRead() {
            assertThat(errorOf("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":5}")
                            .id())
                    .isEqualTo(new RequestId.Text("a"));
        }

        @Test
        void anIdLongerThan128CharactersIsRefused() {
            assertThat(errorOf("{\"jsonrpc\":\"2.0\",\"id\":\"" + "a".repeat(129) + "\",\"method\":\"a\"}")
                            .code())
                    .isEqualTo(JsonRpcErrorCode.INVALID_REQUEST);
        }

        @Test
        void anArrayIsABatchOfItsElements() {
            Decoded decoded = decode("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\"},7]");

            assertThat(decoded).isInstanceOfSatisfying(Decoded.Batch.class, batch -> {
                assertThat(batch.elements()).hasSize(2);
                assertThat(batch.elements().get(0)).isInstanceOf(Decoded.Single.class);
                assertThat(batch.elements().get(1)).isInstanceOf(Decoded.Invalid.class);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\",\"params\":{\"x\":[1,\"ü\"]}}",
                "{\"jsonrpc\":\"2.0\",\"id\":\"x-1\",\"method\":\"a\",\"params\":{}}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"a\",\"params\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":-5,\"result\":null}",
                "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32700,\"message\":\"m\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"error\":{\"code\":1,\"message\":\"m\",\"data\":{\"a\":1}}}"
            })
    void aMessageIsWrittenAsItWasRead(String text) {
        assertThat(decode(text)).isInstanceOfSatisfying(Decoded.Single.class, single -> {
            assertThat(codec.encodeText(single.message())).isEqualTo(text);
            assertThat(codec.encode(single.message())).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
        });
    }

    @Test
    void anErrorWithTheIdNullIsReadAsOneWithoutAnId() {
        assertThat(decode("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":1,\"message\":\"m\"}}"))
                .isEqualTo(new Decoded.Single(new JsonRpcError(null, 1, "m")));
    }

    private Decoded decode(String text) {
        return codec.decode(text.getBytes(StandardCharsets.UTF_8));
    }

    private JsonRpcError errorOf(String text) {
        Decoded decoded = decode(text);
        assertThat(decoded).isInstanceOf(Decoded.Invalid.class);
        return ((Decoded.Invalid) decoded).error();
    }
}
