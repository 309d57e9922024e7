package io.github.moodlemcp.distribution.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.distribution.config.ConfigReader.Reading;
import io.github.moodlemcp.portal.provider.EmailDomains;
import io.github.moodlemcp.portal.provider.IdentityProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings of the identity providers, of which there may be several. */
final class SignInSettingsTest {
    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @Test
    void withoutAnyPeopleSignInByLinks() {
        assertThat(signIn()).isEqualTo(Config.SignIn.byLinks());
    }

    @Test
    void severalStandSideBySideAndGoogleIsFirst() throws IOException {
        environment.putAll(Map.of(
                "OIDC_MY_UNI_ISSUER", "https://login.example.edu/realms/uni",
                "OIDC_MY_UNI_CLIENT_ID", "moodle-mcp",
                "OIDC_MY_UNI_CLIENT_SECRET_FILE", write("secret", "from a file\n"),
                "OIDC_ENTRA_ISSUER", "https://login.microsoftonline.com/common/v2.0",
                "OIDC_ENTRA_CLIENT_ID", "entra-id",
                "OIDC_ENTRA_CLIENT_SECRET", "entra-secret",
                "GOOGLE_CLIENT_ID", "google-id",
                "GOOGLE_CLIENT_SECRET", "google-secret"));

        List<IdentityProvider> providers = signIn().providers();

        assertThat(providers).extracting(IdentityProvider::key).containsExactly("google", "entra", "my-uni");
        assertThat(providers).extracting(IdentityProvider::name).containsExactly("Google", "Microsoft", "My Uni");
        assertThat(providers)
                .extracting(IdentityProvider::clientSecret)
                .containsExactly("google-secret", "entra-secret", "from a file");
        assertThat(providers.getLast().issuer()).isEqualTo(URI.create("https://login.example.edu/realms/uni"));
        assertThat(providers.getLast().trustsEmail()).isFalse();
    }

    @Test
    void nameHostsAndTrustCanBeSet() {
        uni();
        environment.put("OIDC_UNI_DISPLAY_NAME", "Example University");
        environment.put("OIDC_UNI_HOSTS", "tokens.example.edu, keys.Example.edu");
        environment.put("OIDC_UNI_TRUST_EMAIL", "true");

        IdentityProvider provider = signIn().providers().getFirst();

        assertThat(provider.name()).isEqualTo("Example University");
        assertThat(provider.hosts()).isEqualTo(Set.of("tokens.example.edu", "keys.example.edu"));
        assertThat(provider.trustsEmail()).isTrue();
    }

    @Test
    void theEnvironmentGoesBeforeTheFile() throws IOException {
        uni();
        environment.remove("OIDC_UNI_CLIENT_ID");
        write("moodle-mcp.properties", "OIDC_UNI_CLIENT_ID=of the file\nOIDC_UNI_CLIENT_SECRET=of the file");

        assertThat(signIn().providers().getFirst().clientId()).isEqualTo("of the file");
        assertThat(signIn().providers().getFirst().clientSecret()).isEqualTo("secret");
    }

    @Test
    void whatIsMissingIsToldByName() {
        environment.put("OIDC_UNI_DISPLAY_NAME", "Example University");
        environment.put("GOOGLE_CLIENT_ID", "id");

        assertThat(problems())
                .extracting(ConfigProblem::name)
                .containsExactlyInAnyOrder(
                        "GOOGLE_CLIENT_SECRET", "OIDC_UNI_ISSUER", "OIDC_UNI_CLIENT_ID", "OIDC_UNI_CLIENT_SECRET");
    }

    @ParameterizedTest
    @CsvSource({
        "OIDC_UNI_ISSUER, http://login.example.edu",
        "OIDC_UNI_ISSUER, https://login.example.edu?a=b",
        "OIDC_UNI_ISSUER, https://user@login.example.edu",
        "OIDC_UNI_ISSUER, login.example.edu",
        "OIDC_UNI_HOSTS, https://login.example.edu",
        "OIDC_UNI_HOSTS, 'a.example,,b.example'",
        "OIDC_UNI_TRUST_EMAIL, perhaps",
        "ALLOWED_EMAIL_DOMAINS, @example.edu",
        "ALLOWED_EMAIL_DOMAINS, *.example.edu",
        "ALLOWED_EMAIL_DOMAINS, edu",
    })
    void whatCannotBeUsedIsToldByName(String name, String value) {
        uni();
        environment.put(name, value);

        assertThat(problems()).extracting(ConfigProblem::name).containsExactly(name);
    }

    @Test
    void nobodyTrustsTheAddressesOfAllTenants() {
        uni();
        environment.put("OIDC_UNI_ISSUER", "https://login.microsoftonline.com/common/v2.0");
        environment.put("OIDC_UNI_TRUST_EMAIL", "true");

        assertThat(problems()).extracting(ConfigProblem::name).containsExactly("OIDC_UNI_TRUST_EMAIL");
    }

    @Test
    void twoWithOneIssuerAreRefused() {
        uni();
        environment.put("OIDC_AGAIN_ISSUER", "https://login.example.edu");
        environment.put("OIDC_AGAIN_CLIENT_ID", "id");
        environment.put("OIDC_AGAIN_CLIENT_SECRET", "secret");

        assertThat(problems()).singleElement().asString().contains("same issuer");
    }

    @Test
    void allowedDomainsCountForProvidersAndAreRefusedWithoutOne() {
        environment.put("ALLOWED_EMAIL_DOMAINS", "example.edu, Bücher.example");
        assertThat(problems()).singleElement().asString().contains("no effect without an identity provider");

        uni();
        assertThat(signIn().allowedEmails())
                .isEqualTo(new EmailDomains(Set.of("example.edu", "xn--bcher-kva.example")));
    }

    @Test
    void aServiceForOthersTakesNoUnencryptedIssuer() {
        uni();
        environment.put("OIDC_UNI_ISSUER", "http://localhost:9999");
        assertThat(read()).isInstanceOf(Reading.Good.class);

        environment.put("MCP_SERVER_URL", "https://mcp.example.org");
        assertThat(problems()).extracting(ConfigProblem::name).containsExactly("OIDC_UNI_ISSUER");
    }

    @Test
    void nothingShowsASecret() {
        uni();
        environment.put("OIDC_UNI_CLIENT_SECRET", "very secret");

        Reading reading = read();

        assertThat(reading.toString()).doesNotContain("very secret");
        assertThat(reading.providerValues())
                .anySatisfy(
                        line -> assertThat(line).contains("OIDC_UNI_CLIENT_SECRET", "(secret)", "from the environment"))
                .anySatisfy(line -> assertThat(line).contains("https://login.example.edu"));
    }

    private void uni() {
        environment.put("OIDC_UNI_ISSUER", "https://login.example.edu");
        environment.put("OIDC_UNI_CLIENT_ID", "id");
        environment.put("OIDC_UNI_CLIENT_SECRET", "secret");
    }

    private Config.SignIn signIn() {
        return read().config().signIn();
    }

    private Reading read() {
        return new ConfigReader(Map.of(), environment, folder).read();
    }

    private List<ConfigProblem> problems() {
        return ((Reading.Bad) read()).problems();
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
