package io.github.moodlemcp.portal.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.moodlemcp.portal.Refusal;
import io.github.moodlemcp.portal.memory.InMemoryOAuthClientStore;
import io.github.moodlemcp.portal.memory.InMemorySignInStateStore;
import io.github.moodlemcp.portal.outbound.DocumentFetch;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AuthorizationRequestsTest {
    private static final String ID = "hmbhfmhalpcgecgadelbgdnlakjnbdag";
    private static final String GOOD = "https://" + ID + ".chromiumapp.org/";

    private final ExtensionClient extension = new ExtensionClient(
            Set.of(ID), "moodle-mcp@moodlemcp.github.io", Audience.ofBridge(URI.create("wss://mcp.example.org/ws")));
    private final AuthorizationRequests requests = new AuthorizationRequests(
            new Clients(
                    extension,
                    new InMemoryOAuthClientStore(),
                    new ClientDocuments(DocumentFetch.fromPublicHosts(), Clock.systemUTC()),
                    new ClientProofs(
                            Set.of(),
                            new InMemorySignInStateStore(),
                            DocumentFetch.fromPublicHosts(),
                            Clock.systemUTC()),
                    Audience.ofMcp(URI.create("https://mcp.example.org/mcp"))),
            URI.create("https://mcp.example.org"));

    @Test
    void aGoodRequestIsReadAndCanBeReadAgain() {
        AuthorizationCheck.Good good = (AuthorizationCheck.Good) check(good());

        assertThat(good.request())
                .isEqualTo(new ConsentRequest(
                        extension, URI.create(GOOD), ExtensionClientSamples.CHALLENGE, "a state", "bridge"));
        Map<String, List<String>> again = new HashMap<>();
        good.request().parameters().forEach((name, value) -> again.put(name, List.of(value)));
        assertThat(check(again)).isEqualTo(good);
    }

    @Test
    void firefoxHasTheAddressThatItDerivesFromTheAddOnsId() throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-1").digest("moodle-mcp@moodlemcp.github.io".getBytes(UTF_8));
        String host = HexFormat.of().formatHex(hash) + ".extensions.allizom.org";

        assertThat(check(with("redirect_uri", "https://" + host + "/"))).isInstanceOf(AuthorizationCheck.Good.class);
    }

    @Test
    void optionalParametersMayBeLeftOut() {
        Map<String, List<String>> request = good();
        List.of("scope", "state", "resource").forEach(request::remove);

        assertThat(check(request)).isInstanceOf(AuthorizationCheck.Good.class);
    }

    @Test
    void unknownParametersAreIgnored() {
        assertThat(check(with("prompt", "consent"))).isInstanceOf(AuthorizationCheck.Good.class);
        assertThat(check(with("something", "else"))).isInstanceOf(AuthorizationCheck.Good.class);
    }

    static Stream<String> wrongAddresses() {
        return Stream.of(
                "https://evil.example/",
                "https://" + ID + ".chromiumapp.org",
                "https://" + ID + ".chromiumapp.org//",
                "https://" + ID + ".chromiumapp.org/x",
                "https://" + ID + ".chromiumapp.org/?x=y",
                "https://" + ID + ".chromiumapp.org/#x",
                "https://" + ID + ".chromiumapp.org/.",
                "https://" + ID + ".chromiumapp.org/../",
                "https://" + ID + ".chromiumapp.org/%2f",
                "https://" + ID + ".chromiumapp.org:443/",
                "https://" + ID + ".chromiumapp.org:8443/",
                "https://" + ID + ".chromiumapp.org./",
                "https://" + ID + ".chromiumapp.org.evil.example/",
                "https://" + ID + ".chromiumapp.org@evil.example/",
                "https://evil.example@" + ID + ".chromiumapp.org/",
                "https://user:secret@" + ID + ".chromiumapp.org/",
                "https://evil.example\\@" + ID + ".chromiumapp.org/",
                "https://evil.example/" + ID + ".chromiumapp.org/",
                "https://evil.example#" + ID + ".chromiumapp.org/",
                "https://evil.example?" + ID + ".chromiumapp.org/",
                "https:\\\\" + ID + ".chromiumapp.org\\",
                "https:/" + ID + ".chromiumapp.org/",
                "http://" + ID + ".chromiumapp.org/",
                "HTTPS://" + ID + ".chromiumapp.org/",
                "https://" + ID.toUpperCase(Locale.ROOT) + ".chromiumapp.org/",
                "https://" + ID + ".Chromiumapp.org/",
                "https://" + ID + ".chromiumapp.оrg/",
                "https://" + "a".repeat(32) + ".chromiumapp.org/",
                "https://x" + ID + ".chromiumapp.org/",
                "https://" + ID + ".chromiumapp.org/ ",
                " https://" + ID + ".chromiumapp.org/",
                "https://" + ID + ".chromiumapp.org/\n",
                "https://" + ID + ".chromiumapp.org/\u0000",
                "https://" + ID + "%2echromiumapp.org/",
                "https://" + "0".repeat(40) + ".extensions.allizom.org/",
                "//" + ID + ".chromiumapp.org/",
                "javascript:alert(1)",
                "data:text/html,x",
                "file:///etc/passwd",
                "chrome-extension://" + ID + "/",
                "http://localhost/callback",
                "http://127.0.0.1:1234/",
                "urn:ietf:wg:oauth:2.0:oob",
                "null",
                "");
    }

    @ParameterizedTest
    @MethodSource("wrongAddresses")
    @Refusal(Refusal.Of.REDIRECT_ADDRESS)
    void nothingIsSentToAnAddressThatIsNotExactlyTheExtensions(String address) {
        assertThat(check(with("redirect_uri", address))).isEqualTo(new AuthorizationCheck.Untrusted());
    }

    @Test
    @Refusal(Refusal.Of.REDIRECT_ADDRESS)
    void nothingIsSentWhenClientOrAddressIsMissingOrDoubled() {
        for (String name : List.of("client_id", "redirect_uri")) {
            Map<String, List<String>> without = good();
            without.remove(name);
            Map<String, List<String>> doubled = good();
            doubled.put(name, List.of(doubled.get(name).getFirst(), "https://evil.example/"));

            assertThat(check(without)).as(name).isEqualTo(new AuthorizationCheck.Untrusted());
            assertThat(check(doubled)).as(name).isEqualTo(new AuthorizationCheck.Untrusted());
        }
        assertThat(check(with("client_id", "another-client"))).isEqualTo(new AuthorizationCheck.Untrusted());
    }

    @ParameterizedTest
    @CsvSource({
        "response_type, token, unsupported_response_type",
        "response_type, code token, unsupported_response_type",
        "response_mode, fragment, invalid_request",
        "response_mode, form_post, invalid_request",
        "code_challenge_method, plain, invalid_request",
        "code_challenge_method, S512, invalid_request",
        "code_challenge, short, invalid_request",
        "code_challenge, E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM, invalid_request",
        "scope, mcp, invalid_scope",
        "scope, bridge admin, invalid_scope",
        "resource, wss://other.example.org/ws, invalid_target",
        "resource, https://mcp.example.org/mcp, invalid_target"
    })
    @Refusal(Refusal.Of.PROOF_KEY)
    void aFaultIsToldToTheExtension(String name, String value, String error) {
        AuthorizationCheck.Faulty faulty = (AuthorizationCheck.Faulty) check(with(name, value));

        assertThat(faulty.redirect().toString())
                .startsWith(GOOD + "?")
                .contains("error=" + error, "state=a+state", "iss=https%3A%2F%2Fmcp.example.org")
                .doesNotContain("code=");
    }

    @Test
    @Refusal(Refusal.Of.PROOF_KEY)
    void aMissingChallengeOrTypeIsAFault() {
        for (String name : List.of("code_challenge", "code_challenge_method", "response_type")) {
            Map<String, List<String>> request = good();
            request.remove(name);

            assertThat(check(request)).as(name).isInstanceOf(AuthorizationCheck.Faulty.class);
        }
    }

    @Test
    @Refusal(Refusal.Of.PROOF_KEY)
    void aDoubledParameterIsAFault() {
        for (String name : List.of("state", "scope", "code_challenge", "response_type")) {
            Map<String, List<String>> request = good();
            request.put(
                    name,
                    List.of(request.get(name).getFirst(), request.get(name).getFirst()));

            assertThat(check(request)).as(name).isInstanceOf(AuthorizationCheck.Faulty.class);
        }
        Map<String, List<String>> two = good();
        two.put("resource", new ArrayList<>(List.of("wss://mcp.example.org/ws", "wss://mcp.example.org/ws")));
        assertThat(check(two)).isInstanceOf(AuthorizationCheck.Faulty.class);
    }

    @Test
    @Refusal(Refusal.Of.CONSENT)
    void aLongStateIsRefusedAndNotRepeated() {
        AuthorizationCheck.Faulty faulty = (AuthorizationCheck.Faulty) check(with("state", "x".repeat(2000)));

        assertThat(faulty.redirect().toString())
                .contains("error=invalid_request")
                .doesNotContain("xxx");
    }

    @Test
    void aMalformedExtensionIdIsRefusedAtTheStart() {
        assertThatThrownBy(() -> new ExtensionClient(
                        Set.of("evil.example/"), "a@b", Audience.ofBridge(URI.create("wss://mcp.example.org/ws"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32 letters");
    }

    private static Map<String, List<String>> good() {
        return new HashMap<>(Map.of(
                "response_type", List.of("code"),
                "client_id", List.of("moodle-mcp-extension"),
                "redirect_uri", List.of(GOOD),
                "scope", List.of("bridge"),
                "state", List.of("a state"),
                "code_challenge", List.of(ExtensionClientSamples.CHALLENGE),
                "code_challenge_method", List.of("S256"),
                "resource", List.of("wss://mcp.example.org/ws")));
    }

    private static Map<String, List<String>> with(String name, String value) {
        Map<String, List<String>> request = good();
        request.put(name, List.of(value));
        return request;
    }

    private AuthorizationCheck check(Map<String, List<String>> parameters) {
        return requests.check(parameters, "192.0.2.1");
    }
}
