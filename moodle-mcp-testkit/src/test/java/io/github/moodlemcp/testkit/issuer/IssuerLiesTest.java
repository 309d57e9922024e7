package io.github.moodlemcp.testkit.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.portal.provider.SignInFailure;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Whatever the issuer lies about, nobody is signed in, the page says what to do, and the log tells no secret. */
@TestInstance(Lifecycle.PER_CLASS)
class IssuerLiesTest {
    private static final FakePerson ADA = FakePerson.of("ada-lovelace", "ada.lovelace@example.org", "Ada Lovelace");

    private FakeIssuer issuer;

    /** What must come of a lie. */
    private record Refusal(SignInFailure failure, String reason) {}

    @BeforeAll
    void startIssuer() throws IOException {
        issuer = FakeIssuer.start();
    }

    @AfterAll
    void stopIssuer() {
        issuer.close();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void nobodyIsSignedIn(IssuerLie lie) throws IOException {
        issuer.person(lie == IssuerLie.MAIL_NOT_VERIFIED ? unverified() : ADA);
        issuer.lie(lie);
        try (TestPortal portal = TestPortal.with(settings -> settings.providers(
                                List.of(TestPortal.provider("uni", "Example University", issuer)))
                        .providerLimit(Duration.ofSeconds(isSlow(lie) ? 2 : 20)));
                LogRecorder log = new LogRecorder()) {
            makeOwnerOfTheAddress(lie, portal);
            BrowserVisit visit = new BrowserVisit(portal.base());
            if (lie == IssuerLie.SWAPPED_STATE) {
                new BrowserVisit(portal.base()).open("/sign-in/uni");
            }
            int before = log.lines().size();

            HttpResponse<String> page = visit.open("/sign-in/uni?return=%2Fextension");

            Refusal refusal = refusalOf(lie);
            assertThat(page.statusCode()).isEqualTo(refusal.failure().status().getStatusCode());
            assertThat(page.body())
                    .contains(escaped(refusal.failure().headline("Example University")))
                    .contains(escaped(refusal.failure().explanation("Example University")))
                    .contains("Continue with Example University")
                    .doesNotContain("from the issuer", ADA.email(), ADA.name());
            assertThat(visit.cookie("moodle_mcp_session")).isEmpty();
            assertThat(visit.open("/dashboard").uri().getPath()).isEqualTo("/sign-in");
            assertThat(log.lines().subList(before, log.lines().size()))
                    .singleElement()
                    .asString()
                    .contains("event=sign_in_failed provider=uni failure=" + refusal.failure() + " reason="
                            + refusal.reason());
            assertThat(String.join("\n", log.lines())).doesNotContain(secrets());
        }
    }

    /** The changed subject is refused because the address has an account already, and only then. */
    private void makeOwnerOfTheAddress(IssuerLie lie, TestPortal portal) {
        if (lie == IssuerLie.SUBJECT_IN_CAPITALS) {
            issuer.tellTheTruth();
            assertThat(new BrowserVisit(portal.base()).open("/sign-in/uni").statusCode())
                    .isEqualTo(200);
            issuer.lie(lie);
        }
    }

    private static boolean isSlow(IssuerLie lie) {
        return Set.of(IssuerLie.DISCOVERY_SLOW, IssuerLie.TOKEN_ENDPOINT_SLOW, IssuerLie.KEYS_SLOW)
                .contains(lie);
    }

    private String[] secrets() {
        List<String> secrets = new ArrayList<>(issuer.secrets());
        secrets.addAll(List.of(ADA.email(), ADA.name(), ADA.subject(), issuer.clientSecret(), "from the issuer"));
        return secrets.toArray(String[]::new);
    }

    private static FakePerson unverified() {
        return new FakePerson(ADA.subject(), ADA.email(), false, ADA.name());
    }

    private static String escaped(String text) {
        return text.replace("'", "&#39;");
    }

    private static Refusal refusalOf(IssuerLie lie) {
        return switch (lie) {
            case NONE -> throw new IllegalArgumentException("The truth is not refused");
            case DISCOVERY_OF_ANOTHER_ISSUER -> unusable("discovery_names_another_issuer");
            case SIGN_IN_PAGE_ELSEWHERE -> unusable("discovery_authorization_endpoint");
            case TOKEN_ENDPOINT_ELSEWHERE, ENDPOINTS_UNENCRYPTED, ENDPOINTS_WITH_USER ->
                unusable("discovery_token_endpoint");
            case KEYS_ELSEWHERE -> unusable("discovery_jwks_uri");
            case ONLY_WEAK_ALGORITHMS -> unusable("no_common_algorithm");
            case DISCOVERY_IS_A_PAGE, DISCOVERY_REDIRECTS, KEYS_REDIRECT -> unusable("no_json");
            case DISCOVERY_BROKEN -> unusable("discovery_is_no_json_object");
            case DISCOVERY_HUGE, KEYS_HUGE -> unusable("answer_too_large");
            case DISCOVERY_SLOW, TOKEN_ENDPOINT_SLOW, KEYS_SLOW -> unreachable("timed_out");
            case DISCOVERY_FAILS -> unreachable("status_500");

            case PERSON_DENIES -> new Refusal(SignInFailure.DENIED, "denied");
            case REPORTS_A_PROBLEM -> new Refusal(SignInFailure.REPORTED, "another_error");
            case ANSWER_OF_ANOTHER_ISSUER -> untrusted("answer_of_another_issuer");
            case ANSWER_WITHOUT_ISSUER -> untrusted("answer_names_no_issuer");
            case NO_STATE, SWAPPED_STATE, STATE_TWICE -> new Refusal(SignInFailure.STALE, "unknown_state");
            case NO_CODE -> untrusted("no_code");
            case CODE_OF_ANOTHER, WRONG_NONCE, NO_NONCE -> untrusted("wrong_nonce");

            case CODE_REFUSED -> new Refusal(SignInFailure.STALE, "code_refused");
            case CLIENT_REFUSED -> unusable("client_refused");
            case TOKEN_ENDPOINT_REPORTS -> new Refusal(SignInFailure.REPORTED, "token_endpoint_reported_a_problem");
            case TOKEN_ENDPOINT_SENDS_A_PAGE, TOKEN_ENDPOINT_SENDS_A_BOMB, TOKEN_ENDPOINT_REDIRECTS ->
                unusable("token_endpoint_sent_no_json");
            case TOKEN_ENDPOINT_FAILS -> unreachable("status_503");
            case NO_ID_TOKEN -> untrusted("no_id_token");
            case NOT_A_TOKEN, TWO_SIGNATURES, SIGNATURE_CUT_OFF, ALGORITHM_NONE -> untrusted("broken_token");
            case HUGE_TOKEN -> untrusted("token_too_long");

            case KEYS_BROKEN -> unusable("broken_key_set");
            case NO_KEYS, UNKNOWN_KEY -> untrusted("unknown_key");
            case TWO_KEYS_WITH_ONE_ID -> untrusted("ambiguous_key");
            case WEAK_KEY -> untrusted("weak_key");

            case HMAC_WITH_THE_PUBLIC_KEY, HMAC_WITH_THE_CLIENT_SECRET -> untrusted("wrong_algorithm");
            case SWAPPED_KEY,
                    KEY_IN_HEADER,
                    KEY_BY_ADDRESS,
                    CERTIFICATE_BY_ADDRESS,
                    CHANGED_CLAIMS,
                    UNKNOWN_CRITICAL_HEADER -> untrusted("wrong_signature");
            case TOKEN_OF_ANOTHER_TYPE -> untrusted("wrong_type");

            case WRONG_ISSUER, ISSUER_WITH_A_SLASH -> untrusted("wrong_issuer");
            case WRONG_AUDIENCE, NO_AUDIENCE -> untrusted("wrong_audience");
            case SECOND_AUDIENCE, WRONG_AUTHORIZED_PARTY -> untrusted("wrong_authorized_party");
            case EXPIRED, NO_EXPIRY -> untrusted("expired");
            case ISSUED_IN_THE_FUTURE, NO_ISSUE_TIME -> untrusted("issued_in_the_future");
            case NOT_VALID_YET -> untrusted("not_valid_yet");
            case WRONG_ACCESS_TOKEN_HASH -> untrusted("wrong_access_token");
            case NO_SUBJECT, EMPTY_SUBJECT, HUGE_SUBJECT -> untrusted("wrong_subject");
            case SUBJECT_IN_CAPITALS -> new Refusal(SignInFailure.ADDRESS_TAKEN, "address_has_an_account");

            case NO_MAIL, NOT_AN_ADDRESS -> new Refusal(SignInFailure.NO_VERIFIED_EMAIL, "no_address");
            case MAIL_NOT_VERIFIED, MAIL_PERHAPS_VERIFIED ->
                new Refusal(SignInFailure.NO_VERIFIED_EMAIL, "address_not_verified");
            case USER_INFO_OF_ANOTHER -> untrusted("user_info_of_another");
        };
    }

    private static Refusal untrusted(String reason) {
        return new Refusal(SignInFailure.UNTRUSTED, reason);
    }

    private static Refusal unusable(String reason) {
        return new Refusal(SignInFailure.UNUSABLE, reason);
    }

    private static Refusal unreachable(String reason) {
        return new Refusal(SignInFailure.UNREACHABLE, reason);
    }
}
