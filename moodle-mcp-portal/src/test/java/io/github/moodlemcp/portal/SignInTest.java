package io.github.moodlemcp.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.portal.credential.PurposeKeys;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInTest {
    private static final Pattern KEY = Pattern.compile("mmcp_[0-9A-Za-z]{49}");
    private static final String SESSION = "moodle_mcp_session";

    private final ManualClock clock = new ManualClock();
    private final PortalServer server = PortalServer.start(settings -> settings.clock(clock));
    private final Visitor visitor = new Visitor(server.base());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theFirstSignInMakesAKeyAndShowsItExactlyOnce() {
        HttpResponse<String> redirect = visitor.get(newLink("new@example.org"));
        assertThat(redirect.statusCode()).isEqualTo(303);
        assertThat(redirect.headers().firstValue("Location")).contains(server.base() + "/welcome");

        HttpResponse<String> welcome = visitor.follow(redirect);
        Matcher key = KEY.matcher(welcome.body());
        assertThat(key.find()).isTrue();
        assertThat(server.portal().apiKeys().verify(key.group())).isPresent();
        assertThat(welcome.body()).contains("claude mcp add", "gemini mcp add", "mcp-remote", "/extension");

        HttpResponse<String> again = visitor.get("/welcome");
        assertThat(again.statusCode()).isEqualTo(303);
        assertThat(KEY.matcher(visitor.follow(again).body()).find()).isFalse();
    }

    @Test
    void aLaterSignInMakesNoFurtherKeyEvenIfAllWereRevoked() {
        visitor.signIn(server, "back@example.org");
        var account = server.account("back@example.org");
        server.portal()
                .apiKeys()
                .list(account)
                .forEach(key -> server.portal().apiKeys().revoke(account, key.id()));

        HttpResponse<String> redirect = new Visitor(server.base()).get(newLink("back@example.org"));

        assertThat(redirect.headers().firstValue("Location")).contains(server.base() + "/dashboard");
        assertThat(server.portal().apiKeys().list(account)).isEmpty();
    }

    @Test
    void anotherPersonInTheSameBrowserDoesNotSeeAKeyThatWasOnItsWay() {
        visitor.get(newLink("first@example.org"));
        Map<String, String> onItsWay = new HashMap<>(visitor.cookies());
        visitor.signIn(server, "second@example.org");
        visitor.cookies().put("moodle_mcp_new_key", onItsWay.get("moodle_mcp_new_key"));

        assertThat(visitor.get("/welcome").statusCode()).isEqualTo(303);
    }

    @Test
    void theKeyOnItsWayCannotBeReadFromTheCookieAndIsForgottenAfterAWhile() {
        HttpResponse<String> redirect = visitor.get(newLink("new@example.org"));

        assertThat(visitor.cookies().get("moodle_mcp_new_key")).isNotBlank().doesNotContain("mmcp_");
        clock.advance(Duration.ofMinutes(5));
        assertThat(visitor.follow(redirect).statusCode()).isEqualTo(303);
    }

    @Test
    @Refusal(Refusal.Of.WEB_SESSION)
    void aLinkWorksOnce() {
        String link = newLink("a@example.org");
        visitor.get(link);

        HttpResponse<String> second = new Visitor(server.base()).get(link);

        assertThat(second.statusCode()).isEqualTo(400);
        assertThat(second.body()).contains("does not work any more");
        assertThat(second.headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    @Refusal(Refusal.Of.WEB_SESSION)
    void aLinkEndsByItself() {
        String link = newLink("a@example.org");
        clock.advance(Duration.ofHours(1));

        assertThat(visitor.get(link).statusCode()).isEqualTo(400);
        assertThat(visitor.cookies()).isEmpty();
    }

    @Test
    void lookingAtALinkDoesNotSpendIt() {
        String link = newLink("a@example.org");

        assertThat(visitor.send("HEAD", link, Map.of()).statusCode()).isEqualTo(200);
        assertThat(visitor.cookies()).isEmpty();
        assertThat(visitor.get(link).statusCode()).isEqualTo(303);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    @Refusal(Refusal.Of.WEB_SESSION)
    void anotherSiteCannotSignAnybodyInUnasked(String site) {
        String link = newLink("attacker@example.org");

        HttpResponse<String> page = visitor.get(link, Map.of("Sec-Fetch-Site", site));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Sign me in");
        assertThat(visitor.cookies()).isEmpty();
        assertThat(visitor.get(link, Map.of("Sec-Fetch-Site", "same-origin")).statusCode())
                .isEqualTo(303);
    }

    @Test
    void aWholeLinkMayBePastedIntoTheForm() {
        String whole = server.base() + newLink("a@example.org");

        assertThat(visitor.get("/sign-in?" + Visitor.encoded(Map.of("link", " " + whole + " ")))
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void signingInGivesANewSessionAndEndsTheOldOne() {
        visitor.signIn(server, "a@example.org");
        String old = visitor.cookies().get(SESSION);
        visitor.signIn(server, "a@example.org");

        assertThat(visitor.cookies().get(SESSION)).isNotEqualTo(old);
        Visitor thief = new Visitor(server.base());
        thief.cookies().put(SESSION, old);
        assertThat(thief.get("/dashboard").statusCode()).isEqualTo(303);
    }

    @Test
    @Refusal(Refusal.Of.WEB_SESSION)
    void aSessionIdThatTheBrowserBringsIsNeverTakenOver() {
        visitor.cookies().put(SESSION, "chosen-by-somebody-else");
        visitor.signIn(server, "a@example.org");

        assertThat(visitor.cookies().get(SESSION)).isNotEqualTo("chosen-by-somebody-else");
        Visitor attacker = new Visitor(server.base());
        attacker.cookies().put(SESSION, "chosen-by-somebody-else");
        assertThat(attacker.get("/dashboard").statusCode()).isEqualTo(303);
    }

    @Test
    void theCookieIsForThisHostAndNoScript() {
        String cookie = visitor.get(newLink("a@example.org")).headers().allValues("Set-Cookie").stream()
                .filter(value -> value.startsWith(SESSION))
                .findFirst()
                .orElseThrow();

        assertThat(cookie)
                .containsIgnoringCase("HttpOnly")
                .containsIgnoringCase("SameSite=Lax")
                .contains("Path=/");
        assertThat(cookie).doesNotContainIgnoringCase("Domain=").doesNotContainIgnoringCase("Secure");
    }

    @Test
    void overHttpsTheBrowserItselfKeepsTheCookieToThisHost() {
        URI base = URI.create("https://mcp.example.org");
        Portal portal = new Portal(
                PortalOptions.builder(base, PurposeKeys.of(PortalServer.SECRET)).build(), server.stores());
        assertThat(portal.oneTimeLinks().create(server.account("a@example.org")).toString())
                .startsWith("https://mcp.example.org/sign-in?link=");
        try (PortalServer secure = PortalServer.startAs(base)) {
            Visitor outside = new Visitor(secure.local());
            URI link = secure.portal().oneTimeLinks().create(secure.account("a@example.org"));
            HttpResponse<String> redirect = outside.get(Visitor.path(link));

            assertThat(redirect.headers().firstValue("Location")).contains("https://mcp.example.org/welcome");
            assertThat(redirect.headers().allValues("Set-Cookie"))
                    .hasSize(2)
                    .allMatch(cookie -> cookie.startsWith("__Host-") && cookie.contains("Secure"));
        }
    }

    @Test
    @Refusal(Refusal.Of.WEB_SESSION)
    void aSessionEndsByItself() {
        visitor.signIn(server, "a@example.org");
        assertThat(visitor.get("/dashboard").statusCode()).isEqualTo(200);
        clock.advance(Duration.ofDays(14));

        assertThat(visitor.get("/dashboard").statusCode()).isEqualTo(303);
        assertThat(visitor.get("/dashboard/state").statusCode()).isEqualTo(401);
    }

    @Test
    void signingOutEndsTheSession() {
        visitor.signIn(server, "a@example.org");
        String session = visitor.cookies().get(SESSION);

        HttpResponse<String> answer = visitor.post("/sign-out", Map.of("form_token", visitor.formToken()));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(visitor.cookies()).doesNotContainKey(SESSION);
        visitor.cookies().put(SESSION, session);
        assertThat(visitor.get("/dashboard").statusCode()).isEqualTo(303);
        assertThat(visitor.get("/sign-out").statusCode()).isEqualTo(405);
    }

    @Test
    void whoComesFromAPageGoesBackThereAndNowhereElse() {
        server.portal().apiKeys().create(server.account("a@example.org"), "a");
        assertThat(visitor.get(newLink("a@example.org") + "&return=%2Fextension")
                        .headers()
                        .firstValue("Location"))
                .contains(server.base() + "/extension");
        assertThat(visitor.get(newLink("a@example.org") + "&return=%2F%2Fevil.example")
                        .headers()
                        .firstValue("Location"))
                .contains(server.base() + "/dashboard");
        assertThat(visitor.get("/sign-in?return=https%3A%2F%2Fevil.example")
                        .headers()
                        .firstValue("Location"))
                .contains(server.base() + "/dashboard");
        assertThat(new Visitor(server.base())
                        .get("/sign-in?return=%2F%2Fevil.example")
                        .body())
                .doesNotContain("evil.example");
    }

    private String newLink(String email) {
        return Visitor.path(server.portal().oneTimeLinks().create(server.account(email)));
    }
}
