package io.github.moodlemcp.testkit.moodle;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.moodlemcp.testkit.moodle.DemoFault.Mode;
import io.github.moodlemcp.testkit.moodle.DemoFault.Target;
import io.github.moodlemcp.testkit.moodle.TestBrowser.Call;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlTest {
    private DemoMoodle moodle;
    private TestBrowser anna;
    private String sesskey;

    @BeforeEach
    void start() throws IOException {
        moodle = DemoMoodle.start();
        anna = TestBrowser.loggedIn(moodle, "anna");
        sesskey = anna.sesskey();
    }

    @AfterEach
    void stop() {
        anna.close();
        moodle.close();
    }

    @Nested
    class Faults {
        @ParameterizedTest
        @CsvSource({"html_error, 500", "empty, 200", "maintenance, 503", "waf_403, 403"})
        void aFaultReplacesPagesAndServiceAnswersUntilItIsSwitchedOff(String mode, int status) {
            control("POST", "fault", "{\"mode\":\"" + mode + "\"}");
            assertThat(anna.get("/my/").statusCode()).isEqualTo(status);
            HttpResponse<String> service = service();
            assertThat(service.statusCode()).isEqualTo(status);
            assertThat(service.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");

            control("POST", "fault", "{\"mode\":\"none\"}");
            assertThat(anna.get("/my/").body()).contains("Dashboard");
            assertThat(service().body()).startsWith("[{\"error\":false");
        }

        @Test
        void aFaultCanBeOfTheServiceOnly() {
            moodle.fault(DemoFault.of(Mode.EMPTY).only(Target.AJAX));

            assertThat(service().body()).isEmpty();
            assertThat(anna.get("/my/").body()).contains("Dashboard");
        }

        @Test
        void maintenanceIsSaidInThePublicConfig() {
            moodle.fault(DemoFault.of(Mode.MAINTENANCE));
            HttpResponse<String> answer = anna.post(
                    "/lib/ajax/service-nologin.php", TestBrowser.batch(new Call("tool_mobile_get_public_config")));

            assertThat(TestBrowser.json(answer)
                            .path(0)
                            .path("data")
                            .path("maintenanceenabled")
                            .asInt())
                    .isEqualTo(1);
        }

        @Test
        void nobodyIsLoggedInUntilTheFaultEnds() {
            moodle.fault(DemoFault.of(Mode.LOGIN_EVERYWHERE));
            assertThat(anna.get("/my/").statusCode()).isEqualTo(303);
            assertThat(service().body()).contains("servicerequireslogin");

            moodle.fault(DemoFault.none());
            assertThat(service().body()).startsWith("[{\"error\":false");
        }

        @Test
        void aSlowAnswerWaitsForTheEndOfTheFault() {
            moodle.fault(DemoFault.slow(Duration.ofMinutes(5)));
            int before = moodle.traffic().count("POST", "/moodle/lib/ajax/service.php");
            CompletableFuture<HttpResponse<String>> answer = CompletableFuture.supplyAsync(ControlTest.this::service);
            await().atMost(5, SECONDS)
                    .until(() -> moodle.traffic().count("POST", "/moodle/lib/ajax/service.php") > before);
            assertThat(answer).isNotDone();

            moodle.fault(DemoFault.none());
            assertThat(answer).succeedsWithin(Duration.ofSeconds(5));
        }

        @Test
        void aSlowAnswerComesAfterItsDelay() {
            control("POST", "fault", "{\"mode\":\"slow\",\"millis\":200}");
            long start = System.nanoTime();

            assertThat(service().body()).startsWith("[{\"error\":false");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{}",
                    "{\"mode\":\"explode\"}",
                    "{\"mode\":\"slow\",\"millis\":0}",
                    "{\"mode\":\"empty\",\"target\":\"moon\"}"
                })
        void aWrongFaultIsRefusedWithTheAcceptedOnes(String body) {
            HttpResponse<String> answer = control("POST", "fault", body);

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(TestBrowser.json(answer).path("error").asText()).isNotBlank();
            assertThat(anna.get("/my/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theSesskeysCanBeRotated() {
        control("POST", "rotate-sesskey", "");

        assertThat(service().body()).contains("invalidsesskey");
    }

    @Test
    void everybodyCanBeLoggedOut() {
        control("POST", "logout-all", "");

        assertThat(service().body()).contains("servicerequireslogin");
    }

    @Test
    void requestsAreCountedByMethodPathAndOriginWithoutTheirQuery() {
        control("DELETE", "requests", "");
        anna.get("/course/view.php?id=2");
        anna.send(anna.request("/lib/ajax/service.php?sesskey=" + sesskey)
                .header("Origin", "chrome-extension://abc")
                .POST(BodyPublishers.ofString(TestBrowser.batch(new Call("core_session_touch")))));
        HttpResponse<String> answer = control("GET", "requests", "");
        JsonNode requests = TestBrowser.json(answer).path("requests");

        assertThat(answer.body()).doesNotContain(sesskey);
        assertThat(requests).hasSize(2);
        assertThat(requests.path(0).toString())
                .isEqualTo("{\"method\":\"GET\",\"path\":\"/moodle/course/view.php\",\"origin\":null,\"count\":1}");
        assertThat(requests.path(1).path("origin").asText()).isEqualTo("chrome-extension://abc");
        assertThat(moodle.traffic().calls("core_session_touch")).isEqualTo(1);
        assertThat(moodle.traffic().attempts()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"startattempt", "attempt", "summary", "processattempt", "autosave.ajax"})
    void pagesOfQuizAttemptsAreOnlyCounted(String page) {
        assertThat(anna.get("/mod/quiz/" + page + ".php?attempt=1").statusCode())
                .isEqualTo(404);
        assertThat(moodle.traffic().attempts()).isEqualTo(1);
    }

    @Test
    void attemptsAreCountedWhateverElseIsWrong() {
        moodle.fault(DemoFault.of(Mode.WAF_403));
        anna.get("/mod/quiz/attempt.php");

        assertThat(moodle.traffic().attempts()).isEqualTo(1);
    }

    @Test
    void anotherSiteMayNotUseTheControls() {
        URI control = moodle.wwwroot().resolve("/demo/logout-all");
        var request = HttpRequest.newBuilder(control)
                .header("Origin", "https://elsewhere.example")
                .POST(BodyPublishers.noBody());

        assertThat(anna.send(request).statusCode()).isEqualTo(403);
        assertThat(service().body()).startsWith("[{\"error\":false");
    }

    @Test
    void anotherNameOfTheHostMayNotUseTheControls() {
        URI control = URI.create("http://localhost:" + moodle.wwwroot().getPort() + "/demo/logout-all");

        assertThat(anna.send(HttpRequest.newBuilder(control).POST(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void anUnknownControlIsToldTheKnownOnes() {
        assertThat(control("GET", "fault", "").statusCode()).isEqualTo(404);
        assertThat(control("POST", "nothing", "").body()).contains("rotate-sesskey");
    }

    private HttpResponse<String> service() {
        return anna.post(
                "/lib/ajax/service.php?sesskey=" + sesskey, TestBrowser.batch(new Call("core_session_time_remaining")));
    }

    private HttpResponse<String> control(String method, String name, String body) {
        return anna.send(HttpRequest.newBuilder(moodle.wwwroot().resolve("/demo/" + name))
                .method(method, BodyPublishers.ofString(body)));
    }
}
