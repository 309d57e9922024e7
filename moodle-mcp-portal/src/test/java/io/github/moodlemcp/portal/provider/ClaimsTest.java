package io.github.moodlemcp.portal.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.moodlemcp.portal.spi.Identity;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose word counts for an address, and what becomes of a name. */
class ClaimsTest {
    private static final IdentityProvider GOOGLE = IdentityProvider.google("id", "secret");
    private static final IdentityProvider UNI =
            IdentityProvider.openId("uni", "Uni", URI.create("https://login.example.edu"), "id", "secret");
    private static final EmailDomains EXAMPLE = new EmailDomains(Set.of("example.edu", "gmail.com"));

    private final Map<String, Object> said = new HashMap<>(Map.of("email", "ada@example.edu", "name", "Ada"));

    @ParameterizedTest
    @CsvSource({"true", "1"})
    void someProvidersWriteTruthAsText(String yes) throws SignInException {
        said.put("email_verified", yes);
        assertThat(person(UNI, EmailDomains.all()).email()).isEqualTo("ada@example.edu");
    }

    @ParameterizedTest
    @CsvSource({"false", "0", "''", "yes", "TRUE "})
    void everythingElseIsNotTruth(String no) {
        said.put("email_verified", no);
        refuses(UNI, EmailDomains.all(), SignInFailure.NO_VERIFIED_EMAIL);
    }

    @Test
    void entraSaysItInItsOwnWayAndTheOperatorMayTrust() throws SignInException {
        refuses(UNI, EmailDomains.all(), SignInFailure.NO_VERIFIED_EMAIL);
        assertThat(person(UNI.withTrustedEmail(), EmailDomains.all()).email()).isEqualTo("ada@example.edu");
        said.put("xms_edov", true);
        assertThat(person(UNI, EmailDomains.all()).email()).isEqualTo("ada@example.edu");
    }

    @Test
    void trustDoesNotOutweighTheProvidersNo() {
        said.put("email_verified", false);
        said.put("xms_edov", true);
        refuses(UNI.withTrustedEmail(), EmailDomains.all(), SignInFailure.NO_VERIFIED_EMAIL);
    }

    @Test
    void withAnAllowListGooglesWordCountsForItsOwnDomainsOnly() throws SignInException {
        said.put("email_verified", true);
        assertThat(person(GOOGLE, EmailDomains.all()).email()).isEqualTo("ada@example.edu");
        refuses(GOOGLE, EXAMPLE, SignInFailure.NOT_ALLOWED);
        said.put("hd", "example.edu");
        assertThat(person(GOOGLE, EXAMPLE).email()).isEqualTo("ada@example.edu");
        said.remove("hd");
        said.put("email", "ada@gmail.com");
        assertThat(person(GOOGLE, EXAMPLE).email()).isEqualTo("ada@gmail.com");
        assertThat(person(UNI, EXAMPLE).email()).isEqualTo("ada@gmail.com");
    }

    @ParameterizedTest
    @CsvSource({
        "a@EXAMPLE.edu, true",
        "a@bücher.example, true",
        "a@xn--bcher-kva.example, true",
        "a@sub.example.edu, false",
        "a@example.edu.evil.example, false",
        "a@evilexample.edu, false",
        "example.edu@evil.example, false",
    })
    void aDomainIsComparedWhole(String email, boolean isIn) {
        EmailDomains domains = new EmailDomains(Set.of("example.edu", "xn--bcher-kva.example"));
        assertThat(domains.contain(email)).isEqualTo(isIn);
    }

    @Test
    void aNameIsShortAndPlainAndNeverMissing() throws SignInException {
        said.put("email_verified", true);
        said.put("name", "  \u202EAda\u0000 \u200B ");
        assertThat(person(UNI, EmailDomains.all()).name()).isEqualTo("Ada");
        said.put("name", "\uD83E\uDD89".repeat(100));
        assertThat(person(UNI, EmailDomains.all()).name()).isEqualTo("\uD83E\uDD89".repeat(80));
        said.put("name", 7);
        assertThat(person(UNI, EmailDomains.all()).name()).isEqualTo("ada");
    }

    private VerifiedPerson person(IdentityProvider provider, EmailDomains allowed) throws SignInException {
        return new Claims(provider, allowed).person(new Identity("https://login.example.edu", "1"), said);
    }

    private void refuses(IdentityProvider provider, EmailDomains allowed, SignInFailure failure) {
        assertThatThrownBy(() -> person(provider, allowed))
                .isInstanceOfSatisfying(
                        SignInException.class, e -> assertThat(e.failure()).isEqualTo(failure));
    }
}
