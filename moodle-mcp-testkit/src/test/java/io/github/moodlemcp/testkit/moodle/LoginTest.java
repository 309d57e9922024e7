package io.github.moodlemcp.testkit.moodle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoginTest {
    private DemoMoodle moodle;
    private TestBrowser browser;

    @BeforeEach
    void start() throws IOException {
        moodle = DemoMoodle.start();
        browser = new TestBrowser(moodle);
    }

    @AfterEach
    void stop() {
        browser.close();
        moodle.close();
    }

    @Test
    void nobodyHasAnIdButASesskeyBeforeTheLogin() {
        var config = TestBrowser.config(browser.get("/login/index.php"));

        assertThat(config.path("userId").asInt(-1)).isZero();
        assertThat(config.path("sesskey").asText()).hasSize(10);
        assertThat(config.path("wwwroot").asText()).isEqualTo(moodle.wwwroot().toString());
    }

    @Test
    void theLoginPageSaysThatItIsADemoAndHowToLogIn() {
        String page = browser.get("/login/index.php").body();

        assertThat(page).contains("Demo Moodle: not a real Moodle site", "anna-demo", "ben-demo", "notloggedin");
    }

    @Test
    void theSessionCookieIsForTheSiteOnlyAndNotForScripts() {
        String cookie = browser.get("/login/index.php")
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();

        assertThat(cookie)
                .startsWith("MoodleSession=")
                .contains("Path=/moodle/")
                .contains("HttpOnly")
                .contains("SameSite=Lax");
    }

    @Test
    void theRightPasswordLeadsToTheDashboard() {
        HttpResponse<String> answer = browser.logIn("Anna ", "anna-demo");
        HttpResponse<String> page = browser.follow(answer);

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(page.uri().getPath()).isEqualTo("/moodle/my/");
        assertThat(TestBrowser.config(page).path("userId").asInt()).isEqualTo(3);
        assertThat(page.body()).contains("Anna Beispiel").doesNotContain("notloggedin");
    }

    @Test
    void theLoginChangesSessionAndSesskey() {
        String sesskey = browser.sesskey();
        String cookie = browser.logIn("anna", "anna-demo")
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();

        assertThat(cookie).startsWith("MoodleSession=");
        assertThat(browser.sesskey()).isNotEqualTo(sesskey);
    }

    @Test
    void theSessionBeforeTheLoginIsForgotten() {
        String before = cookieOf(browser.get("/login/index.php"));
        browser.logIn("anna", "anna-demo");
        try (TestBrowser other = new TestBrowser(moodle)) {
            HttpResponse<String> answer =
                    other.send(other.request("/login/index.php").header("Cookie", before));

            assertThat(cookieOf(answer)).startsWith("MoodleSession=").isNotEqualTo(before);
            assertThat(TestBrowser.config(answer).path("userId").asInt(-1)).isZero();
        }
    }

    @Test
    void aWrongPasswordIsToldOnceOnTheLoginPage() {
        HttpResponse<String> page = browser.follow(browser.logIn("anna", "ben-demo"));

        assertThat(page.uri().getPath()).isEqualTo("/moodle/login/index.php");
        assertThat(page.body()).contains("alert-danger", "Invalid login");
        assertThat(TestBrowser.config(page).path("userId").asInt()).isZero();
        assertThat(browser.get("/login/index.php").body()).doesNotContain("Invalid login");
    }

    @Test
    void aLoginWithoutTheTokenOfThePageFails() {
        browser.get("/login/index.php");
        HttpResponse<String> page = browser.follow(
                browser.postForm("/login/index.php", Map.of("username", "anna", "password", "anna-demo")));

        assertThat(page.body()).contains("Invalid login");
    }

    @Test
    void thePageAskedForFirstIsShownAfterTheLogin() {
        HttpResponse<String> answer = browser.get("/course/view.php?id=3");
        HttpResponse<String> page = browser.follow(browser.logIn("anna", "anna-demo"));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(TestBrowser.location(answer)).endsWith("/moodle/login/index.php");
        assertThat(page.uri().toString()).endsWith("/course/view.php?id=3");
    }

    @Test
    void theLoginPageTellsAUserThatTheyAreLoggedIn() {
        browser.logIn("ben", "ben-demo");
        HttpResponse<String> page = browser.get("/login/index.php");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("already logged in as Ben Beispiel");
        assertThat(TestBrowser.config(page).path("userId").asInt()).isEqualTo(4);
    }

    @Test
    void loggingOutNeedsTheSesskey() {
        browser.logIn("anna", "anna-demo");
        browser.get("/login/logout.php?sesskey=wrong");
        assertThat(browser.get("/my/").statusCode()).isEqualTo(200);

        browser.get("/login/logout.php?sesskey=" + browser.sesskey());
        assertThat(browser.get("/my/").statusCode()).isEqualTo(303);
    }

    @Test
    void twoBrowsersHaveTheirOwnUsers() {
        browser.logIn("anna", "anna-demo");
        try (TestBrowser other = TestBrowser.loggedIn(moodle, "ben")) {
            assertThat(userOf(browser)).isEqualTo(3);
            assertThat(userOf(other)).isEqualTo(4);
        }
    }

    private static String cookieOf(HttpResponse<String> answer) {
        return answer.headers().firstValue("Set-Cookie").orElse("").split(";")[0];
    }

    private static int userOf(TestBrowser browser) {
        return browser.data("core_session_time_remaining", "{}").path("userid").asInt();
    }
}
