package io.github.moodlemcp.testkit.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.portal.provider.EmailDomains;
import io.github.moodlemcp.portal.provider.IdentityProvider;
import io.github.moodlemcp.portal.spi.Account;
import io.github.moodlemcp.portal.spi.LinkedIdentity;
import io.github.moodlemcp.portal.spi.SecretHash;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** People sign in by honest issuers, and others try to come in their place. */
class ProviderSignInTest {
    private static final Pattern KEY = Pattern.compile("mmcp_[0-9A-Za-z]{49}");
    private static final FakePerson ADA = FakePerson.of("ada-1", "ada@example.org", "Ada Example");
    private static final FakePerson EVE = FakePerson.of("eve-1", "eve@example.org", "Eve");

    private FakeIssuer uni;
    private FakeIssuer other;
    private TestPortal portal;
    private BrowserVisit visit;

    @BeforeEach
    void start() throws IOException {
        uni = FakeIssuer.start();
        other = FakeIssuer.start();
        portal = TestPortal.with(
                TestPortal.provider("uni", "Example University", uni), TestPortal.provider("other", "Other", other));
        visit = new BrowserVisit(portal.base());
    }

    @AfterEach
    void stop() {
        portal.close();
        uni.close();
        other.close();
    }

    @Nested
    class SettingOut {
        private static final int UNDER_WAY = 300;

        private String address = "192.0.2.1";
        private TestPortal limited;

        @BeforeEach
        void limit() throws IOException {
            limited = TestPortal.with(
                    settings -> settings.providers(List.of(TestPortal.provider("uni", "Example University", uni)))
                            .clock(Clock.fixed(InstantSource.system().instant(), ZoneOffset.UTC))
                            .callers(request -> address));
        }

        @AfterEach
        void stop() {
            limited.close();
        }

        @Test
        void tooManySignInsThatNobodyFinishesAreStoppedForThatAddressAlone() {
            for (int i = 0; i < UNDER_WAY; i++) {
                assertThat(setOut().statusCode()).isEqualTo(303);
            }

            HttpResponse<String> refused = setOut();

            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).contains("2");
            assertThat(refused.headers().allValues("Set-Cookie")).isEmpty();
            assertThat(refused.body()).contains("Too many people sign in from here just now", "Wait for 2 seconds");
            address = "192.0.2.2";
            assertThat(setOut().statusCode()).isEqualTo(303);
        }

        @Test
        void whoComesBackSignedInLeavesTheirPlaceToOthers() {
            for (int i = 0; i < UNDER_WAY - 1; i++) {
                setOut();
            }
            for (int i = 0; i < 3; i++) {
                assertThat(new BrowserVisit(limited.base()).open("/sign-in/uni").statusCode())
                        .isEqualTo(200);
            }
            assertThat(setOut().statusCode()).isEqualTo(303);
            assertThat(setOut().statusCode()).isEqualTo(429);
        }

        private HttpResponse<String> setOut() {
            return new BrowserVisit(limited.base()).openOnly(URI.create(limited.base() + "/sign-in/uni"));
        }
    }

    @Nested
    class SigningIn {
        @Test
        void theFirstTimeMakesAnAccountAndShowsAKeyOnce() {
            assertThat(visit.open("/sign-in").body())
                    .contains("href=\"/sign-in/uni\"", "Continue with Example University", "Continue with Other")
                    .doesNotContain("sign-in-link", "paste the link");

            HttpResponse<String> welcome = visit.open("/sign-in/uni");

            assertThat(welcome.uri().getPath()).isEqualTo("/welcome");
            Matcher key = KEY.matcher(welcome.body());
            assertThat(key.find()).isTrue();
            assertThat(portal.portal().apiKeys().verify(key.group())).isPresent();
            assertThat(account(ADA).name()).isEqualTo("Ada Example");
            assertThat(visit.open("/dashboard").body()).contains("Hello, Ada Example");
        }

        @Test
        void laterTheSameIdentityFindsTheAccountWhateverItsAddressIsNow() {
            visit.open("/sign-in/uni");
            Account before = account(ADA);
            uni.person(FakePerson.of(ADA.subject(), "new@example.org", "Ada Renamed"));
            BrowserVisit later = new BrowserVisit(portal.base());

            assertThat(later.open("/sign-in/uni").uri().getPath()).isEqualTo("/dashboard");

            assertThat(portal.stores().accounts().list(10)).containsExactly(before);
        }

        @Test
        void thePersonGoesOnWhereTheyWereGoing() {
            visit.open("/sign-in/uni");
            HttpResponse<String> page = new BrowserVisit(portal.base()).open("/sign-in/uni?return=%2Fextension");
            assertThat(page.uri().getPath()).isEqualTo("/extension");

            HttpResponse<String> elsewhere =
                    new BrowserVisit(portal.base()).open("/sign-in/uni?return=https%3A%2F%2Fevil.example");
            assertThat(elsewhere.uri().getPath()).isEqualTo("/dashboard");
        }

        @Test
        void theRequestHasStateNonceAndAHashedVerifierAndNoSecret() {
            visit.open("/sign-in/uni");

            assertThat(uni.signInQueries())
                    .singleElement()
                    .asString()
                    .contains("response_type=code", "scope=openid+email+profile", "code_challenge_method=S256")
                    .containsPattern("code_challenge=[A-Za-z0-9_-]{43}(&|$)")
                    .containsPattern("state=[A-Za-z0-9_-]{43}(&|$)")
                    .containsPattern("nonce=[A-Za-z0-9_-]{43}(&|$)")
                    .doesNotContain("code_verifier", uni.clientSecret());
        }

        @Test
        void theWebSessionGetsANewIdAndTheOldOneEnds() {
            visit.open("/sign-in/uni");
            String before = visit.cookie("moodle_mcp_session");
            visit.submit("/dashboard", "/sign-out", Map.of());
            visit.open("/sign-in/uni");

            assertThat(visit.cookie("moodle_mcp_session")).isNotEmpty().isNotEqualTo(before);
        }

        @Test
        void nameAndAddressMayComeFromTheUserInfo() {
            uni.thinTokens();

            visit.open("/sign-in/uni");

            assertThat(account(ADA).name()).isEqualTo("Ada Example");
            assertThat(uni.asked("/user-info")).isEqualTo(1);
        }

        @Test
        void aProviderThatIsNotSetUpIsNotThere() {
            assertThat(visit.open("/sign-in/nobody").statusCode()).isEqualTo(404);
            assertThat(visit.open("/sign-in/nobody/callback").statusCode()).isEqualTo(404);
        }

        @Test
        void anAddressThatTheIssuerNeverCallsVerifiedCountsWhenTheOperatorTrustsIt() throws IOException {
            uni.lie(IssuerLie.MAIL_PERHAPS_VERIFIED);
            IdentityProvider trusted = TestPortal.provider("uni", "Uni", uni).withTrustedEmail();
            try (TestPortal trusting = TestPortal.with(trusted)) {
                assertThat(new BrowserVisit(trusting.base())
                                .open("/sign-in/uni")
                                .uri()
                                .getPath())
                        .isEqualTo("/welcome");
            }
        }

        @Test
        void onlyTheAllowedDomainsAreLetInAndNotTheirLookAlikes() throws IOException {
            try (TestPortal limited =
                    TestPortal.with(settings -> settings.providers(List.of(TestPortal.provider("uni", "Uni", uni)))
                            .allowedEmails(new EmailDomains(Set.of("example.edu"))))) {
                for (String email : List.of("a@example.org", "a@sub.example.edu", "a@example.edu.evil.example")) {
                    uni.person(FakePerson.of(email, email, "A"));
                    HttpResponse<String> page = new BrowserVisit(limited.base()).open("/sign-in/uni");
                    assertThat(page.statusCode()).as(email).isEqualTo(403);
                    assertThat(page.body()).contains("not open to your address");
                }
                uni.person(FakePerson.of("b", "b@EXAMPLE.edu", "B"));
                assertThat(new BrowserVisit(limited.base()).open("/sign-in/uni").statusCode())
                        .isEqualTo(200);
                assertThat(limited.stores().accounts().list(10)).hasSize(1);
            }
        }
    }

    @Nested
    class ComingInAnothersPlace {
        @Test
        void aCallbackCountsOnce() {
            URI callback = callbackOf(visit, "/sign-in/uni");
            Map<String, String> before = visit.cookies();
            assertThat(visit.open(callback).uri().getPath()).isEqualTo("/welcome");

            BrowserVisit again = new BrowserVisit(portal.base());
            before.forEach(again::setCookie);

            assertThat(again.open(callback).statusCode()).isEqualTo(400);
            assertThat(uni.asked("/token")).isEqualTo(1);
            assertThat(again.cookie("moodle_mcp_session")).isEmpty();
        }

        @Test
        void aCallbackThatAnotherBrowserBeganSignsNobodyIn() {
            uni.person(EVE);
            URI callbackOfEve = callbackOf(new BrowserVisit(portal.base()), "/sign-in/uni");

            HttpResponse<String> page = visit.open(callbackOfEve);

            assertThat(page.statusCode()).isEqualTo(400);
            assertThat(page.body()).contains("That sign-in is over");
            assertThat(visit.cookie("moodle_mcp_session")).isEmpty();
        }

        @Test
        void aSignInIsOverAfterTenMinutes() {
            URI callback = callbackOf(visit, "/sign-in/uni");
            portal.forward(Duration.ofMinutes(10));

            assertThat(visit.open(callback).statusCode()).isEqualTo(400);
        }

        @Test
        void theStateOfOneProviderDoesNotCountAtAnother() {
            URI callback = callbackOf(visit, "/sign-in/uni");

            URI swapped = URI.create(callback.toString().replace("/sign-in/uni/", "/sign-in/other/"));

            assertThat(visit.open(swapped).statusCode()).isEqualTo(400);
            assertThat(other.asked("/token")).isZero();
        }

        @Test
        void aStolenCodeCannotBeRedeemedInTheThiefsOwnSignIn() {
            String stolen = parameter(callbackOf(new BrowserVisit(portal.base()), "/sign-in/uni"), "code");
            uni.person(EVE);
            URI own = callbackOf(visit, "/sign-in/uni");

            HttpResponse<String> page = visit.open(URI.create(own.toString().replace(parameter(own, "code"), stolen)));

            assertThat(page.statusCode()).isEqualTo(400);
            assertThat(uni.asked("/token")).isEqualTo(1);
            assertThat(visit.cookie("moodle_mcp_session")).isEmpty();
        }

        @Test
        void severalTabsCanSignInOneAfterTheOther() {
            URI first = callbackOf(visit, "/sign-in/uni");
            URI second = callbackOf(visit, "/sign-in/uni");

            assertThat(visit.open(first).uri().getPath()).isEqualTo("/welcome");
            assertThat(visit.open(second).uri().getPath()).isEqualTo("/dashboard");
        }

        @Test
        void manyBegunSignInsDoNotFillTheBrowser() {
            for (int i = 0; i < 12; i++) {
                callbackOf(visit, "/sign-in/uni");
            }

            assertThat(visit.countCookies("moodle_mcp_sign_in_")).isLessThanOrEqualTo(5);
        }
    }

    @Nested
    class TwoProviders {
        @Test
        void theSameAddressAtASecondProviderIsRefusedUntilItIsLinked() {
            visit.open("/sign-in/uni");
            BrowserVisit elsewhere = new BrowserVisit(portal.base());

            HttpResponse<String> refused = elsewhere.open("/sign-in/other");
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("You may have an account here already", "not linked with Other");

            assertThat(link(visit, "other").body()).contains("Linked.");
            assertThat(elsewhere.open("/sign-in/other").uri().getPath()).isEqualTo("/dashboard");
            assertThat(identities(ADA)).hasSize(2);
        }

        @Test
        void linkingEndsWhenThePersonIsSomebodyElseMeanwhile() {
            visit.open("/sign-in/uni");
            URI way = wayToLink(visit, "other");
            URI callback = BrowserVisit.locationOf(visit.openOnly(way));
            visit.submit("/dashboard", "/sign-out", Map.of());
            uni.person(EVE);
            visit.open("/sign-in/uni");

            HttpResponse<String> page = visit.open(callback);

            assertThat(page.statusCode()).isEqualTo(403);
            assertThat(page.body()).contains("nothing was linked");
            assertThat(identities(ADA)).hasSize(1);
            assertThat(identities(EVE)).hasSize(1);
        }

        @Test
        void anIdentityThatHasAnAccountIsNotTakenOver() {
            other.person(EVE);
            new BrowserVisit(portal.base()).open("/sign-in/other");
            visit.open("/sign-in/uni");

            HttpResponse<String> page = link(visit, "other");

            assertThat(page.statusCode()).isEqualTo(409);
            assertThat(identities(ADA)).hasSize(1);
            assertThat(identities(EVE)).hasSize(1);
        }

        @Test
        void linkingNeedsOurOwnFormAndASignedInPerson() {
            visit.open("/sign-in/uni");

            assertThat(visit.post("/account/link", Map.of("provider", "other")).statusCode())
                    .isEqualTo(403);
            BrowserVisit nobody = new BrowserVisit(portal.base());
            assertThat(nobody.post("/account/link", Map.of("provider", "other"))
                            .headers()
                            .firstValue("Location")
                            .orElse(""))
                    .contains("/sign-in?return=");
            assertThat(visit.submit("/account", "/account/link", Map.of("provider", "nobody"))
                            .statusCode())
                    .isEqualTo(404);
        }

        @Test
        void oneOfTwoCanBeUnlinkedAndTheLastCannot() {
            visit.open("/sign-in/uni");
            assertThat(visit.open("/account").body()).doesNotContain("name=\"identity\"");
            link(visit, "other");
            List<String> ids = Pattern.compile("name=\"identity\" value=\"([0-9a-f]{64})\"")
                    .matcher(visit.open("/account").body())
                    .results()
                    .map(match -> match.group(1))
                    .toList();
            assertThat(ids).hasSize(2);

            HttpResponse<String> first = visit.submit("/account", "/account/unlink", Map.of("identity", ids.get(0)));
            HttpResponse<String> second = visit.submit("/account", "/account/unlink", Map.of("identity", ids.get(1)));

            assertThat(visit.open(BrowserVisit.locationOf(first)).body()).contains("Unlinked.");
            assertThat(visit.open(BrowserVisit.locationOf(second)).body()).contains("the only way");
            assertThat(new BrowserVisit(portal.base()).open("/sign-in/uni").statusCode())
                    .isEqualTo(409);
            assertThat(new BrowserVisit(portal.base()).open("/sign-in/other").statusCode())
                    .isEqualTo(200);
        }

        @Test
        void aForeignIdentityAndAnUnknownOneAreAnsweredAlike() {
            other.person(EVE);
            new BrowserVisit(portal.base()).open("/sign-in/other");
            visit.open("/sign-in/uni");

            HttpResponse<String> unknown = visit.submit("/account", "/account/unlink", Map.of("identity", "0"));
            HttpResponse<String> foreign = visit.submit(
                    "/account",
                    "/account/unlink",
                    Map.of(
                            "identity",
                            SecretHash.of(other.issuer() + "\n" + EVE.subject()).hex()));

            assertThat(unknown.statusCode()).isEqualTo(404);
            assertThat(foreign.body()).isEqualTo(unknown.body());
        }
    }

    @Nested
    class WhenAProviderIsDown {
        @Test
        void thePageSaysSoAndOffersTheOthersAndRunningSessionsLive() {
            visit.open("/sign-in/other");
            uni.close();
            BrowserVisit newcomer = new BrowserVisit(portal.base());

            HttpResponse<String> page = newcomer.open("/sign-in/uni");

            assertThat(page.statusCode()).isEqualTo(503);
            assertThat(page.body()).contains("Example University does not answer", "Continue with Other");
            assertThat(visit.open("/dashboard").statusCode()).isEqualTo(200);
            other.person(EVE);
            assertThat(newcomer.open("/sign-in/other").uri().getPath()).isEqualTo("/welcome");
        }

        @Test
        void theServiceStartsWithoutItAndUsesItWhenItIsBack() throws IOException {
            uni.lie(IssuerLie.DISCOVERY_FAILS);
            try (TestPortal started = TestPortal.with(TestPortal.provider("uni", "Uni", uni))) {
                assertThat(uni.asked("/.well-known/openid-configuration")).isZero();
                BrowserVisit person = new BrowserVisit(started.base());
                assertThat(person.open("/sign-in/uni").statusCode()).isEqualTo(503);
                uni.tellTheTruth();
                started.forward(Duration.ofSeconds(5));
                assertThat(person.open("/sign-in/uni").statusCode()).isEqualTo(200);
            }
        }

        @Test
        void aProviderThatJustFailedIsLeftInPeace() {
            uni.lie(IssuerLie.DISCOVERY_FAILS);
            for (int i = 0; i < 4; i++) {
                visit.open("/sign-in/uni");
            }

            assertThat(uni.asked("/.well-known/openid-configuration")).isEqualTo(1);
        }
    }

    @Nested
    class Keys {
        @Test
        void whatIsPublishedIsFetchedOnceAnHour() {
            signInTwice();
            assertThat(uni.asked("/keys")).isEqualTo(1);
            assertThat(uni.asked("/.well-known/openid-configuration")).isEqualTo(1);

            portal.forward(Duration.ofHours(1));
            uni.person(FakePerson.of("c", "c@example.org", "C"));
            uni.lie(IssuerLie.EXPIRED);
            new BrowserVisit(portal.base()).open("/sign-in/uni");

            assertThat(uni.asked("/keys")).isEqualTo(2);
        }

        @Test
        void anUnknownKeyIsLookedForAtMostEveryHalfMinute() {
            uni.lie(IssuerLie.UNKNOWN_KEY);
            for (int i = 0; i < 4; i++) {
                new BrowserVisit(portal.base()).open("/sign-in/uni");
            }
            assertThat(uni.asked("/keys")).isEqualTo(2);

            portal.forward(Duration.ofSeconds(30));
            new BrowserVisit(portal.base()).open("/sign-in/uni");
            assertThat(uni.asked("/keys")).isEqualTo(3);
        }

        private void signInTwice() {
            visit.open("/sign-in/uni");
            new BrowserVisit(portal.base()).open("/sign-in/uni");
        }
    }

    private Account account(FakePerson person) {
        return portal.stores().accounts().findByEmail(person.email()).orElseThrow();
    }

    private List<LinkedIdentity> identities(FakePerson person) {
        return portal.stores().accounts().identities(account(person).id());
    }

    /** Links a provider as its person does; answers the last page. */
    private static HttpResponse<String> link(BrowserVisit visit, String provider) {
        return visit.open(wayToLink(visit, provider));
    }

    private static URI wayToLink(BrowserVisit visit, String provider) {
        HttpResponse<String> page = visit.submit("/account", "/account/link", Map.of("provider", provider));
        assertThat(page.statusCode()).isEqualTo(200);
        Matcher way = Pattern.compile("class=\"button\" href=\"(http[^\"]+)\"").matcher(page.body());
        assertThat(way.find()).isTrue();
        return URI.create(way.group(1).replace("&amp;", "&"));
    }

    /** Where the issuer sends the person back to, who stops there. */
    private URI callbackOf(BrowserVisit visit, String path) {
        URI toIssuer = BrowserVisit.locationOf(visit.openOnly(URI.create(portal.base() + path)));
        return BrowserVisit.locationOf(visit.openOnly(toIssuer));
    }

    private static String parameter(URI address, String name) {
        Matcher value = Pattern.compile("[?&]" + name + "=([^&]+)").matcher(address.toString());
        assertThat(value.find()).isTrue();
        return value.group(1);
    }
}
