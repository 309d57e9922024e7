package io.github.moodlemcp.portal.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.portal.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://claude.ai/oauth/mcp-oauth-client-metadata",
                "https://chatgpt.com/oauth/abc_123/client.json",
                "https://a-b.c1.example/x/y.json",
                "https://xn--bcher-kva.example/client",
                "https://example.com/a%20b",
                "https://example.com/..a/b..",
            })
    void plainAddressesAreTaken(String text) {
        assertThat(DocumentAddress.of(text))
                .hasValueSatisfying(uri -> assertThat(uri).hasToString(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://",
                "https:///x",
                "https://example.com",
                "https://example.com/",
                "http://example.com/client",
                "HTTPS://example.com/client",
                "https://EXAMPLE.com/client",
                "ftp://example.com/client",
                "file:///etc/passwd",
                "jar:https://example.com/a!/b",
                "https:example.com/client",
                "https:/example.com/client",
                "https:\\\\example.com\\client",
                "https://example.com\\@evil.example/client",
                "https://user@example.com/client",
                "https://user:password@example.com/client",
                "https://example.com@10.0.0.1/client",
                "https://example.com:443/client",
                "https://example.com:8443/client",
                "https://example.com:/client",
                "https://example.com/client?x=1",
                "https://example.com/client?",
                "https://example.com/client#x",
                "https://example.com/client#",
                "https://example.com/./client",
                "https://example.com/../client",
                "https://example.com/a/..",
                "https://example.com/a/%2e%2e/client",
                "https://example.com/a/%2E./client",
                "https://example.com/a/.%2e/client",
                "https://example.com/%2e/client",
                "https://example.com/a b",
                "https://example.com/a\tb",
                "https://example.com/a\nb",
                "https://example.com/a\u0000b",
                "https://example.com/\u00e4",
                "https://b\u00fccher.example/client",
                "https://example.com/%zz",
                "https://example.com/a\\b",
                "https://example.com/<x>",
                "https://127.0.0.1/client",
                "https://127.1/client",
                "https://2130706433/client",
                "https://0x7f000001/client",
                "https://0x7f.1/client",
                "https://0177.0.0.1/client",
                "https://169.254.169.254/latest/meta-data",
                "https://[::1]/client",
                "https://[::ffff:127.0.0.1]/client",
                "https://[fe80::1%25eth0]/client",
                "https://localhost/client",
                "https://intranet/client",
                "https://example.com./client",
                "https://.example.com/client",
                "https://example..com/client",
                "https://-example.com/client",
                "https://example-.com/client",
                "https://exa_mple.com/client",
                "https://example.c/client",
                "https://example.1/client",
                "https://example%2ecom/client",
                "https://\u2460\u2461\u2466.0.0.1/client",
                "https://example\u3002com/client",
            })
    @Refusal(Refusal.Of.OUTBOUND_REQUEST)
    void noOtherFormIs(String text) {
        assertThat(DocumentAddress.of(text)).isEmpty();
    }

    @Test
    @Refusal(Refusal.Of.OUTBOUND_REQUEST)
    void aLongOneIsNot() {
        assertThat(DocumentAddress.of("https://example.com/" + "a".repeat(480))).isPresent();
        assertThat(DocumentAddress.of("https://example.com/" + "a".repeat(481))).isEmpty();
    }

    @Test
    void whatIsGivenHereIsNeverMeantAsOne() {
        assertThat(DocumentAddress.isMeant("mcpc_https://")).isFalse();
        assertThat(DocumentAddress.isMeant(null)).isFalse();
        assertThat(DocumentAddress.isMeant("https://x")).isTrue();
    }
}
