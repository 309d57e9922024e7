package io.github.moodlemcp.protocol.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderValueTest {

    @ParameterizedTest
    @CsvSource({"=?base64?SGVsbG8=?=,Hello", "=?base64?w7zDqQ==?=,üé", "=?base64??=,''"})
    void aValueInBase64IsDecoded(String header, String value) {
        assertThat(HeaderValue.decoded(header)).contains(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Hello", "", "SGVsbG8=", "=?base64?SGVsbG8=", "SGVsbG8=?=", "=?BASE64?SGVsbG8=?=", "=?base64?="})
    void anythingElseIsMeantAsItStands(String header) {
        assertThat(HeaderValue.decoded(header)).contains(header);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=?base64?SGVsbG8?=",
                "=?base64?SGVs!!!bG8=?=",
                "=?base64?SGVsbG9=?=",
                "=?base64?SGVsbG8==?=",
                "=?base64?SGVs bG8=?=",
                "=?base64?_w==?=",
                "=?base64?/w==?="
            })
    void whatIsNotStrictlyBase64OfUtf8MeansNothing(String header) {
        assertThat(HeaderValue.decoded(header)).isEmpty();
    }

    @Test
    void noHeaderMeansNothing() {
        assertThat(HeaderValue.decoded(null)).isEmpty();
    }
}
