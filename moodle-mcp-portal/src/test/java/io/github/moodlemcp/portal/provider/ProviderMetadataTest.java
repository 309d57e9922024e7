package io.github.moodlemcp.portal.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which discovery documents are taken, and for what. */
class ProviderMetadataTest {
    private static final String TENANT = "11111111-2222-3333-4444-555555555555";
    private static final String ENTRA = "https://login.microsoftonline.com/";

    @Test
    void googlesDocumentFitsItsPreset() throws SignInException {
        ProviderMetadata google = ProviderMetadata.read("""
                {"issuer":"https://accounts.google.com",
                 "authorization_endpoint":"https://accounts.google.com/o/oauth2/v2/auth",
                 "token_endpoint":"https://oauth2.googleapis.com/token",
                 "userinfo_endpoint":"https://openidconnect.googleapis.com/v1/userinfo",
                 "jwks_uri":"https://www.googleapis.com/oauth2/v3/certs",
                 "id_token_signing_alg_values_supported":["RS256"],
                 "token_endpoint_auth_methods_supported":["client_secret_post","client_secret_basic"]}
                """, IdentityProvider.google("id", "secret"), Transport.HTTPS);

        assertThat(google.algorithms()).isEqualTo(Set.of(JWSAlgorithm.RS256));
        assertThat(google.token().getHost()).isEqualTo("oauth2.googleapis.com");
        assertThat(google.userInfo()).isNotNull();
        assertThat(google.takesSecretInForm()).isFalse();
        assertThat(google.issuer().accepts("https://accounts.google.com", null)).isTrue();
        assertThat(google.issuer().accepts("accounts.google.com", null)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"common", "organizations"})
    void entraForManyTenantsAcceptsEachTenantsOwnIssuer(String which) throws SignInException {
        IssuerRule rule = entra(which, ENTRA + "{tenantid}/v2.0").issuer();

        assertThat(rule.accepts(ENTRA + TENANT + "/v2.0", TENANT)).isTrue();
        assertThat(rule.accepts(ENTRA + TENANT + "/v2.0", null)).isFalse();
        assertThat(rule.accepts(ENTRA + TENANT + "/v2.0", TENANT.replace('1', '9')))
                .isFalse();
        assertThat(rule.accepts(ENTRA + "{tenantid}/v2.0", "{tenantid}")).isFalse();
        assertThat(rule.accepts("https://evil.example/" + TENANT + "/v2.0", TENANT))
                .isFalse();
    }

    @Test
    void entraForOneTenantAcceptsThatOneOnly() throws SignInException {
        IssuerRule rule = entra(TENANT, ENTRA + TENANT + "/v2.0").issuer();

        assertThat(rule.accepts(ENTRA + TENANT + "/v2.0", TENANT)).isTrue();
        assertThat(rule.accepts(ENTRA + TENANT.replace('1', '9') + "/v2.0", TENANT.replace('1', '9')))
                .isFalse();
    }

    @Test
    void aTemplateForOneTenantOrATenantForManyIsAnotherIssuer() {
        assertThatThrownBy(() -> entra(TENANT, ENTRA + "{tenantid}/v2.0")).hasMessage("discovery_names_another_issuer");
        assertThatThrownBy(() -> entra("consumers", ENTRA + TENANT + "/v2.0"))
                .hasMessage("discovery_names_another_issuer");
    }

    @Test
    void anHttpEndpointIsTakenOnThisMachineByALoopbackServiceOnly() throws SignInException {
        IdentityProvider local =
                IdentityProvider.openId("local", "Local", URI.create("http://127.0.0.1:9000"), "id", "secret");
        String document = document("http://127.0.0.1:9000", "http://127.0.0.1:9000");

        assertThat(ProviderMetadata.read(document, local, Transport.HTTPS_OR_LOOPBACK)
                        .token())
                .hasScheme("http");
        assertThatThrownBy(() -> ProviderMetadata.read(document, local, Transport.HTTPS))
                .hasMessage("discovery_authorization_endpoint");
        IdentityProvider far =
                IdentityProvider.openId("far", "Far", URI.create("https://login.example.edu"), "id", "secret");
        assertThatThrownBy(() -> ProviderMetadata.read(
                        document("https://login.example.edu", "http://login.example.edu"),
                        far,
                        Transport.HTTPS_OR_LOOPBACK))
                .hasMessage("discovery_authorization_endpoint");
    }

    private static ProviderMetadata entra(String tenant, String named) throws SignInException {
        IdentityProvider provider =
                IdentityProvider.openId("entra", "Microsoft", URI.create(ENTRA + tenant + "/v2.0"), "id", "secret");
        return ProviderMetadata.read(document(named, "https://login.microsoftonline.com"), provider, Transport.HTTPS);
    }

    private static String document(String issuer, String base) {
        return """
                {"issuer":"%s","authorization_endpoint":"%s/authorize","token_endpoint":"%s/token",
                 "jwks_uri":"%s/keys","userinfo_endpoint":"https://graph.example/userinfo",
                 "id_token_signing_alg_values_supported":["RS256","none"]}
                """.formatted(issuer, base, base, base);
    }
}
