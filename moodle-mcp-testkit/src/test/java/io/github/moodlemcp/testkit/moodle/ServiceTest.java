package io.github.moodlemcp.testkit.moodle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.moodlemcp.testkit.moodle.TestBrowser.Call;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceTest {
    private static final Call REMAINING = new Call("core_session_time_remaining");
    private static final Call TOUCH = new Call("core_session_touch");

    private final SteppedClock clock = new SteppedClock();
    private DemoMoodle moodle;
    private TestBrowser anna;

    @BeforeEach
    void start() throws IOException {
        moodle = DemoMoodle.builder()
                .clock(clock)
                .sessionTimeout(Duration.ofMinutes(30))
                .start();
        anna = TestBrowser.loggedIn(moodle, "anna");
    }

    @AfterEach
    void stop() {
        anna.close();
        moodle.close();
    }

    @Nested
    class Batches {
        @Test
        void everyCallHasItsAnswer() {
            JsonNode answer = anna.call(REMAINING, TOUCH);

            assertThat(answer).hasSize(2);
            assertThat(answer.path(0).path("data").path("userid").asInt()).isEqualTo(3);
            assertThat(answer.path(1).path("data").isBoolean()).isTrue();
        }

        @Test
        void theFirstFailureEndsTheBatch() {
            JsonNode answer = anna.call(REMAINING, new Call("core_course_get_contents"), TOUCH);

            assertThat(answer).hasSize(2);
            assertThat(codeOf(answer.path(1))).isEqualTo("servicenotavailable");
        }

        @Test
        void anUnknownFunctionReplacesTheWholeAnswer() {
            JsonNode answer = anna.call(REMAINING, new Call("local_nothing"));

            assertBare(answer, "invalidrecordunknown");
        }

        @Test
        void answersWithOtherIndexesAreKeyedByThem() {
            String body = "[{\"index\":7,\"methodname\":\"core_session_touch\",\"args\":{}}]";
            JsonNode answer = TestBrowser.json(anna.post("/lib/ajax/service.php?sesskey=" + anna.sesskey(), body));

            assertThat(answer.isObject()).isTrue();
            assertThat(answer.path("7").path("data").asBoolean()).isTrue();
        }

        @Test
        void noCallsHaveNoAnswers() {
            assertThat(anna.call()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "{", "null", "\u0000"})
        void aBodyThatIsNotJsonIsABareError(String body) {
            assertBare(TestBrowser.json(anna.post("/lib/ajax/service.php?sesskey=x", body)), "codingerror");
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", "7", "{\"index\":0,\"methodname\":\"core_session_touch\"}"})
        void aBodyThatIsNotAListIsABareError(String body) {
            assertBare(TestBrowser.json(anna.post("/lib/ajax/service.php?sesskey=x", body)), "generalexceptionmessage");
        }

        @Test
        void theAnswerIsAlwaysJsonWithStatus200() {
            HttpResponse<String> answer = anna.post("/lib/ajax/service.php?sesskey=x", "{");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/json; charset=utf-8");
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
        }

        @Test
        void aHugeBodyIsRefused() {
            HttpResponse<String> answer = anna.post("/lib/ajax/service.php", " ".repeat(WebRequest.MAX_BODY + 1));

            assertThat(answer.statusCode()).isEqualTo(413);
        }

        @Test
        void anyOriginAndContentTypeWillDo() {
            var request = anna.request("/lib/ajax/service.php?sesskey=" + anna.sesskey())
                    .header("Origin", "chrome-extension://abcdefghijklmnop")
                    .header("Content-Type", "text/plain")
                    .POST(BodyPublishers.ofString(TestBrowser.batch(REMAINING)));

            assertThat(TestBrowser.json(anna.send(request))
                            .path(0)
                            .path("error")
                            .asBoolean())
                    .isFalse();
        }
    }

    @Nested
    class Refusals {
        @Test
        void withoutASessionTheLoginIsMissing() {
            try (TestBrowser nobody = new TestBrowser(moodle)) {
                assertThat(codeOf(nobody.call(REMAINING).path(0))).isEqualTo("servicerequireslogin");
            }
        }

        @Test
        void aStaleSesskeyIsRefused() {
            String stale = anna.sesskey();
            moodle.rotateSesskeys();

            assertThat(codeOf(anna.callWith(stale, REMAINING).path(0))).isEqualTo("invalidsesskey");
            assertThat(anna.call(REMAINING).path(0).path("error").asBoolean()).isFalse();
        }

        @Test
        void aFunctionThatIsNotForPagesIsNotAvailableWhateverTheSesskey() {
            JsonNode answer = anna.callWith("stale", new Call("core_webservice_get_site_info"));

            assertThat(codeOf(answer.path(0))).isEqualTo("servicenotavailable");
            assertThat(answer.path(0).path("exception").path("moreinfourl").asText())
                    .endsWith("/500/en/error/webservice/servicenotavailable");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "core_session_touch | {\"identifier\":\"x\"}",
                    "core_courseformat_get_state | {}",
                    "core_courseformat_get_state | {\"courseid\":\"two\"}",
                    "core_courseformat_get_state | {\"courseid\":true}",
                    "core_courseformat_get_state | {\"courseid\":2,\"extra\":1}",
                    "core_courseformat_get_state | \"2\"",
                    "core_course_get_enrolled_courses_by_timeline_classification | {\"classification\":\"new\"}",
                    "core_course_get_enrolled_courses_by_timeline_classification | {\"classification\":\"all\","
                            + "\"sort\":\"password desc\"}",
                    "core_course_get_enrolled_courses_by_timeline_classification | {\"classification\":\"all\","
                            + "\"limit\":null}",
                })
        void wrongArgumentsAreRefused(String function, String arguments) {
            JsonNode answer = anna.call(new Call(function, arguments));

            assertThat(codeOf(answer.path(0))).isEqualTo("invalidparameter");
        }

        @Test
        void numbersMayComeAsText() {
            assertThat(anna.data("core_courseformat_get_state", "{\"courseid\":\"2\"}")
                            .isTextual())
                    .isTrue();
        }
    }

    @Nested
    class Expiry {
        @Test
        void aSessionEndsWhenItIsNotUsed() {
            String sesskey = anna.sesskey();
            clock.step(Duration.ofMinutes(31));

            assertThat(codeOf(anna.callWith(sesskey, REMAINING).path(0))).isEqualTo("servicerequireslogin");
            assertThat(TestBrowser.config(anna.get("/login/index.php"))
                            .path("userId")
                            .asInt())
                    .isZero();
        }

        @Test
        void aCallProlongsTheSession() {
            String sesskey = anna.sesskey();
            clock.step(Duration.ofMinutes(20));

            assertThat(remaining(anna.callWith(sesskey, REMAINING))).isEqualTo(1800);
        }

        @Test
        void aCallInTheBackgroundDoesNot() {
            String sesskey = anna.sesskey();
            clock.step(Duration.ofMinutes(20));
            String path = "/lib/ajax/service.php?nosessionupdate=true&sesskey=" + sesskey;

            assertThat(remaining(TestBrowser.json(anna.post(path, TestBrowser.batch(REMAINING)))))
                    .isEqualTo(600);
            assertThat(moodle.traffic().functions())
                    .containsExactly(new DemoTraffic.Function("core_session_time_remaining", false, 1));
        }

        @Test
        void touchingProlongsEvenInTheBackground() {
            String path = "/lib/ajax/service.php?nosessionupdate=true&sesskey=" + anna.sesskey();
            clock.step(Duration.ofMinutes(20));
            anna.post(path, TestBrowser.batch(TOUCH));

            assertThat(remaining(TestBrowser.json(anna.post(path, TestBrowser.batch(REMAINING)))))
                    .isEqualTo(1800);
        }

        private static int remaining(JsonNode answer) {
            return answer.path(0).path("data").path("timeremaining").asInt(-1);
        }
    }

    @Nested
    class WithoutLogin {
        @Test
        void thePublicConfigNeedsNoSession() {
            try (TestBrowser nobody = new TestBrowser(moodle)) {
                HttpResponse<String> answer = nobody.post(
                        "/lib/ajax/service-nologin.php", TestBrowser.batch(new Call("tool_mobile_get_public_config")));
                JsonNode config = TestBrowser.json(answer).path(0).path("data");

                assertThat(config.path("wwwroot").asText())
                        .isEqualTo(moodle.wwwroot().toString());
                assertThat(config.path("sitename").asText()).contains("Demo Moodle");
                assertThat(config.path("maintenanceenabled").asInt(-1)).isZero();
                assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
            }
        }

        @Test
        void otherFunctionsAreRefusedEvenWithASession() {
            JsonNode answer = TestBrowser.json(anna.post(
                    "/lib/ajax/service-nologin.php?sesskey=" + anna.sesskey(), TestBrowser.batch(REMAINING, TOUCH)));

            assertThat(answer).hasSize(2);
            assertThat(codeOf(answer.path(0))).isEqualTo("servicerequireslogin");
        }
    }

    private static String codeOf(JsonNode answer) {
        assertThat(answer.path("error").asBoolean()).isTrue();
        return answer.path("exception").path("errorcode").asText();
    }

    private static void assertBare(JsonNode answer, String code) {
        assertThat(answer.isObject()).isTrue();
        assertThat(answer.path("error").isTextual()).isTrue();
        assertThat(answer.path("errorcode").asText()).isEqualTo(code);
    }
}
