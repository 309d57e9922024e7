package io.github.moodlemcp.portal.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.portal.Refusal;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The corpus of redirect addresses. */
class RedirectUrisTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://claude.ai/api/mcp/auth_callback",
                "https://chatgpt.com/connector/oauth/abc_DEF-1",
                "https://vscode.dev/redirect",
                "https://app.example:8443/cb?client=1&x=%2F",
                "https://xn--bcher-kva.example/cb",
                "http://localhost/callback",
                "http://localhost:58093/callback",
                "http://127.0.0.1:33418/",
                "http://127.0.0.1/callback",
                "http://[::1]:8080/cb",
                "cursor://anysphere.cursor-mcp/oauth/callback",
                "vscode://vscode.mcp/callback",
                "com.example.app:/oauth"
            })
    void aClientMayHaveTheseAddresses(String address) {
        assertThat(RedirectUris.permitted(address)).contains(URI.create(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "/callback",
                "//evil.example/cb",
                "callback",
                "http://evil.example/cb",
                "http://192.168.1.1/cb",
                "http://10.0.0.1/cb",
                "http://0.0.0.0/cb",
                "http://127.0.0.2/cb",
                "http://127.1/cb",
                "http://2130706433/cb",
                "http://0x7f000001/cb",
                "http://localhost.evil.example/cb",
                "http://localhost./cb",
                "http://127.0.0.1.nip.io/cb",
                "http://[::ffff:127.0.0.1]/cb",
                "http://[::]/cb",
                "http://[0:0:0:0:0:0:0:1]/cb",
                "http://LOCALHOST/cb",
                "http://localhost:0/cb",
                "http://localhost:/cb",
                "http://localhost:65536/cb",
                "http://localhost:080/cb",
                "http://localhost:80@evil.example/cb",
                "http://evil.example@localhost/cb",
                "http://localhost\\@evil.example/cb",
                "http://localhost#@evil.example/cb",
                "http://localhost/cb#",
                "https://app.example/cb#fragment",
                "https://app.example/cb#",
                "https://user@app.example/cb",
                "https://user:secret@app.example/cb",
                "https://@app.example/cb",
                "https://app.example\\@evil.example/cb",
                "https://app.example\\.evil.example/cb",
                "https://app.example/cb\\..",
                "https://APP.example/cb",
                "https://app.example:/cb",
                "https://app.example:0/cb",
                "https://app.example:99999/cb",
                "https:app.example/cb",
                "https:/app.example/cb",
                "https:///app.example/cb",
                "https://",
                "https://app_1.example/cb",
                "https://b\u00fccher.example/cb",
                "https://\u0430pp.example/cb",
                "https://app.example/\u202ecb",
                "https://app.example/c b",
                "https://app.example/cb\n",
                "https://app.example/cb\r\nSet-Cookie: a=b",
                "https://app.example/cb\t",
                "https://app.example/\u0000",
                "https://app.example/<script>",
                "https://app.example/\"x",
                "https://app.example/%zz",
                " https://app.example/cb",
                "https://app.example/cb ",
                "HTTPS://app.example/cb",
                "Javascript:alert(1)",
                "javascript:alert(1)",
                "javascript://app.example/%0aalert(1)",
                "JAVASCRIPT://app.example/%0aalert(1)",
                "vbscript://x/y",
                "data:text/html,<script>alert(1)</script>",
                "data:text/html;base64,AAAA",
                "data://x/y",
                "blob:https://app.example/1",
                "blob://app.example/1",
                "file:///etc/passwd",
                "file://host/share",
                "filesystem:https://app.example/temporary/x",
                "about:blank",
                "about://blank/",
                "view-source:https://app.example/",
                "view-source://app.example/",
                "ws://localhost/cb",
                "wss://app.example/cb",
                "ftp://app.example/cb",
                "chrome://settings/",
                "chrome-extension://hmbhfmhalpcgecgadelbgdnlakjnbdag/",
                "moz-extension://0b1c2d3e-0000-0000-0000-000000000000/",
                "mailto:me@example.org",
                "tel:112",
                "urn:ietf:wg:oauth:2.0:oob",
                "intent://scan/#Intent;end",
                "ms-msdt://x/y",
                "search-ms://query=x",
                "jar://x/y",
                "smb://host/share",
                "ldap://host/x",
                "app:callback",
                "my app://cb",
                "1app://cb",
                "Cursor://anysphere.cursor-mcp/cb",
                "cursor://user@host/cb",
                "cursor://host/cb#x"
            })
    @Refusal(Refusal.Of.REDIRECT_ADDRESS)
    void noClientMayHaveTheseAddresses(String address) {
        assertThat(RedirectUris.permitted(address)).isEmpty();
        assertThat(RedirectUris.match(List.of(address), address)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost/callback, http://localhost:4711/callback",
        "http://localhost:58093/callback, http://localhost:4711/callback",
        "http://localhost:58093/callback, http://localhost/callback",
        "http://127.0.0.1:33418/, http://127.0.0.1:1/",
        "http://[::1]/cb, http://[::1]:9/cb",
        "http://127.0.0.1/cb?a=b, http://127.0.0.1:80/cb?a=b",
        "https://app.example/cb, https://app.example/cb",
        "cursor://a/b, cursor://a/b"
    })
    void theSameAddressAndAnotherLoopbackPortFit(String registered, String asked) {
        assertThat(RedirectUris.match(List.of("https://other.example/", registered), asked))
                .contains(URI.create(asked));
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost/callback, http://127.0.0.1/callback",
        "http://127.0.0.1/callback, http://localhost/callback",
        "http://127.0.0.1/callback, http://[::1]/callback",
        "http://localhost/callback, http://localhost/callback/",
        "http://localhost/callback, http://localhost/Callback",
        "http://localhost/callback, http://localhost/call%62ack",
        "http://localhost/callback, http://localhost/x/../callback",
        "http://localhost/callback, http://localhost//callback",
        "http://localhost/callback, http://localhost/callback?x=y",
        "http://localhost/callback, http://localhost/callback?",
        "http://localhost/cb?a=b, http://localhost/cb",
        "http://localhost/callback, http://localhost:4711",
        "http://localhost/callback, https://localhost/callback",
        "http://localhost/callback, http://localhost:99999/callback",
        "http://localhost/callback, http://localhost:80@evil.example/callback",
        "http://localhost/callback, http://evil.example/callback",
        "https://app.example/cb, https://app.example:443/cb",
        "https://app.example/cb, https://app.example:8443/cb",
        "https://app.example:8443/cb, https://app.example/cb",
        "https://app.example/cb, http://app.example/cb",
        "https://app.example/cb, https://app.example/cb/",
        "https://app.example/cb, https://app.example/cb?x=y",
        "https://app.example/cb, https://app.example/CB",
        "https://app.example/cb, https://app.example/%63b",
        "https://app.example/cb, https://app.example/./cb",
        "https://app.example/cb, https://app.example/cb/..",
        "https://app.example/cb, https://app.example./cb",
        "https://app.example/cb, https://sub.app.example/cb",
        "https://app.example/cb, https://app.example.evil.example/cb",
        "https://app.example/cb, https://evil.example/cb",
        "https://localhost/cb, https://localhost:4711/cb",
        "cursor://a/b, cursor://a/c",
        "cursor://a/b, cursor2://a/b",
        "cursor://a:1/b, cursor://a:2/b"
    })
    @Refusal(Refusal.Of.REDIRECT_ADDRESS)
    void nothingElseFits(String registered, String asked) {
        assertThat(RedirectUris.match(List.of(registered), asked)).isEmpty();
        assertThat(RedirectUris.match(List.of(registered), null)).isEmpty();
    }
}
