package io.github.moodlemcp.portal.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.moodlemcp.portal.Refusal;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
    @ParameterizedTest
    @CsvSource({
        "https://mcp.example.org,      https://mcp.example.org, wss://mcp.example.org/ws",
        "https://MCP.Example.org:443/, https://mcp.example.org, wss://mcp.example.org/ws",
        "http://localhost:8080/,       http://localhost:8080,   ws://localhost:8080/ws",
        "http://127.0.0.1:80,          http://127.0.0.1,        ws://127.0.0.1/ws",
        "http://[::1]:8080,            http://[::1]:8080,       ws://[::1]:8080/ws"
    })
    void anAddressIsBroughtIntoTheFormOfAnOrigin(URI given, String origin, URI webSocket) {
        PublicAddress address = new PublicAddress(given);

        assertThat(address.origin()).isEqualTo(origin);
        assertThat(address.webSocket()).isEqualTo(webSocket);
        assertThat(address.mcp()).isEqualTo(URI.create(origin + "/mcp"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://mcp.example.org/path",
                "https://mcp.example.org/?a=b",
                "https://mcp.example.org/#a",
                "https://user@mcp.example.org",
                "ftp://mcp.example.org",
                "mcp.example.org",
                "/",
                ""
            })
    void whatIsNoOriginIsRefused(String address) {
        assertThatThrownBy(() -> new PublicAddress(URI.create(address))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "https://evil.example/",
                "/\\evil.example",
                "/authorize\\@evil.example",
                "/authorize/../../evil",
                "/authorize?x=\r\nSet-Cookie:a=b",
                "/authorize?x=y#z",
                "/authorize?x=//evil.example",
                "/authorizes?x=y",
                "/sign-in?link=x",
                "/sign-out",
                "/keys",
                "authorize",
                "javascript:alert(1)",
                " /dashboard",
                "/",
                ""
            })
    @Refusal(Refusal.Of.REDIRECT_ADDRESS)
    void nothingLeadsAwayAfterSigningIn(String path) {
        assertThat(ReturnPath.of(path)).isEmpty();
    }

    @Test
    void ourOwnPagesMayBeReturnedTo() {
        assertThat(ReturnPath.of("/authorize?redirect_uri=https%3A%2F%2Fx&state=a+b")
                        .orElseThrow()
                        .encoded())
                .isEqualTo("%2Fauthorize%3Fredirect_uri%3Dhttps%253A%252F%252Fx%26state%3Da%2Bb");
        assertThat(ReturnPath.of("/dashboard")).isPresent();
        assertThat(ReturnPath.of(null)).isEmpty();
        assertThat(ReturnPath.of("/authorize?" + "a".repeat(5000))).isEmpty();
    }
}
