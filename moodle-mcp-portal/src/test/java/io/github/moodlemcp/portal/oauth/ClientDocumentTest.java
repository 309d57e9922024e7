package io.github.moodlemcp.portal.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.oauth2.sdk.ParseException;
import io.github.moodlemcp.portal.Refusal;
import io.github.moodlemcp.portal.spi.ClientProof;
import io.github.moodlemcp.portal.spi.OAuthClient;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientDocumentTest {
    private static final URI ADDRESS = URI.create("https://client.example/app.json");
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final String SELF = "\"client_id\":\"https://client.example/app.json\",";
    private static final String NAMED = SELF + "\"client_name\":\"An App\",";
    private static final String BACK = "\"redirect_uris\":[\"https://client.example/cb\"]";

    @Test
    void aDocumentIsReadAndWhatIsNotServedPassedOver() throws ParseException {
        OAuthClient client = read("{" + NAMED
                + "\"redirect_uris\":[\"javascript:alert(1)\",\"https://client.example/cb\",\"http://127.0.0.1/cb\"],"
                + "\"grant_types\":[\"authorization_code\",\"urn:ietf:params:oauth:grant-type:jwt-bearer\"],"
                + "\"response_types\":[\"code\"],\"logo_uri\":\"http://169.254.169.254/\",\"x\":{}}");

        assertThat(client)
                .isEqualTo(new OAuthClient(
                        ADDRESS.toString(),
                        "An App",
                        List.of("https://client.example/cb", "http://127.0.0.1/cb"),
                        NOW,
                        new ClientProof.None()));
    }

    @Test
    void theNameIsCleaned() throws ParseException {
        assertThat(read("{" + SELF + BACK + ",\"client_name\":\"\u202eevil\\n\u200bApp\"}")
                        .name())
                .isEqualTo("evil App");
    }

    @Test
    void keysAreTakenFromTheDocumentOrFromWhereItSays() throws ParseException, JOSEException {
        String keys =
                new JWKSet(new ECKeyGenerator(Curve.P_256).keyID("a").generate().toPublicJWK()).toString();

        assertThat(read(signing("\"jwks\":" + keys)).proof()).isInstanceOf(ClientProof.Keys.class);
        assertThat(read(signing("\"jwks_uri\":\"https://client.example/keys\"")).proof())
                .isEqualTo(new ClientProof.KeysAt(URI.create("https://client.example/keys")));
    }

    @Test
    @Refusal(Refusal.Of.CLIENT)
    void aPrivateKeyThatWasPublishedIsNone() throws JOSEException {
        String leaked = new JWKSet(new ECKeyGenerator(Curve.P_256).generate()).toString(false);

        refused(signing("\"jwks\":" + leaked));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"x\"",
                "{",
                "{}",
                "{" + BACK + ",\"client_name\":\"x\"}",
                "{" + SELF + BACK + "}",
                "{" + SELF + BACK + ",\"client_name\":\" \"}",
                "{" + SELF + BACK + ",\"client_name\":7}",
                "{" + SELF + BACK + ",\"client_name\":null}",
                "{" + SELF + "\"client_name\":\"x\"}",
                "{" + NAMED + "\"redirect_uris\":[]}",
                "{" + NAMED + "\"redirect_uris\":\"https://client.example/cb\"}",
                "{" + NAMED + "\"redirect_uris\":[7]}",
                "{" + NAMED + "\"redirect_uris\":[null]}",
                "{" + NAMED + "\"redirect_uris\":[\"http://client.example/cb\"]}",
                "{" + NAMED + "\"redirect_uris\":[\"javascript:alert(1)\"]}",
                "{\"client_id\":\"https://client.example/app.json/\",\"client_name\":\"x\"," + BACK + "}",
                "{\"client_id\":\"https://CLIENT.example/app.json\",\"client_name\":\"x\"," + BACK + "}",
                "{\"client_id\":\"https://evil.example/app.json\",\"client_name\":\"x\"," + BACK + "}",
                "{\"client_id\":7,\"client_name\":\"x\"," + BACK + "}",
                "{" + NAMED + BACK + ",\"client_secret\":\"x\"}",
                "{" + NAMED + BACK + ",\"client_secret_expires_at\":0}",
                "{" + NAMED + BACK + ",\"token_endpoint_auth_method\":\"client_secret_basic\"}",
                "{" + NAMED + BACK + ",\"token_endpoint_auth_method\":\"client_secret_post\"}",
                "{" + NAMED + BACK + ",\"token_endpoint_auth_method\":\"client_secret_jwt\"}",
                "{" + NAMED + BACK + ",\"token_endpoint_auth_method\":\"tls_client_auth\"}",
                "{" + NAMED + BACK + ",\"token_endpoint_auth_method\":7}",
                "{" + NAMED + BACK + ",\"token_endpoint_auth_method\":\"private_key_jwt\"}",
                "{" + NAMED + BACK + ",\"grant_types\":[\"client_credentials\"]}",
                "{" + NAMED + BACK + ",\"response_types\":[\"token\"]}"
            })
    @Refusal(Refusal.Of.CLIENT)
    void aDocumentThatIsNotAboutAClientWeCanServeIsRefused(String json) {
        refused(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"jwks_uri\":\"http://client.example/keys\"",
                "\"jwks_uri\":\"https://127.0.0.1/keys\"",
                "\"jwks_uri\":\"https://client.example:8443/keys\"",
                "\"jwks_uri\":\"file:///etc/passwd\"",
                "\"jwks_uri\":7",
                "\"jwks\":{}",
                "\"jwks\":{\"keys\":[]}",
                "\"jwks\":[]",
                "\"jwks\":{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}",
                "\"jwks\":{\"keys\":[]},\"jwks_uri\":\"https://client.example/keys\""
            })
    @Refusal(Refusal.Of.CLIENT)
    void keysThatProveNothingAreRefused(String keys) {
        refused(signing(keys));
    }

    @Test
    void theShippedDocumentsCanBeRead() {
        KnownDocuments shipped = KnownDocuments.shipped();

        assertThat(shipped.find(URI.create("https://claude.ai/oauth/mcp-oauth-client-metadata")))
                .hasValueSatisfying(client ->
                        assertThat(client.redirectUris()).containsExactly("https://claude.ai/api/mcp/auth_callback"));
        assertThat(shipped.find(URI.create("https://chatgpt.com/oauth/client.json")))
                .hasValueSatisfying(client -> assertThat(client.proof()).isInstanceOf(ClientProof.KeysAt.class));
        assertThat(shipped.find(ADDRESS)).isEmpty();
    }

    private static String signing(String keys) {
        return "{" + NAMED + BACK + ",\"token_endpoint_auth_method\":\"private_key_jwt\"," + keys + "}";
    }

    private static OAuthClient read(String json) throws ParseException {
        return ClientDocument.read(ADDRESS, json, NOW);
    }

    private static void refused(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(ParseException.class);
    }
}
