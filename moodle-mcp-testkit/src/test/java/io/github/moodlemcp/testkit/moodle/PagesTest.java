package io.github.moodlemcp.testkit.moodle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
    private DemoMoodle moodle;
    private TestBrowser anna;
    private TestBrowser nobody;

    @BeforeEach
    void start() throws IOException {
        moodle = DemoMoodle.start();
        anna = TestBrowser.loggedIn(moodle, "anna");
        nobody = new TestBrowser(moodle);
    }

    @AfterEach
    void stop() {
        anna.close();
        nobody.close();
        moodle.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/my/", "/course/view.php?id=2", "/enrol/index.php?id=2", "/mod/page/view.php?id=102"})
    void aPageForUsersSendsOthersToTheLogin(String path) {
        HttpResponse<String> answer = nobody.get(path);

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(TestBrowser.location(answer)).isEqualTo(moodle.wwwroot() + "/login/index.php");
    }

    @Test
    void theDashboardShowsTheCoursesAsText() {
        HttpResponse<String> page = anna.get("/my/");

        assertThat(page.body()).contains("R&amp;D &lt;Intro&gt;", "דפוס", "🧪").doesNotContain("<Intro>");
        assertThat(TestBrowser.config(page).path("courseId").asInt()).isEqualTo(1);
    }

    @Test
    void aCoursePageSaysWhereItIs() {
        HttpResponse<String> page = anna.get("/course/view.php?id=2");
        JsonNode config = TestBrowser.config(page);

        assertThat(config.path("courseId").asInt()).isEqualTo(2);
        assertThat(config.path("courseContextId").asInt()).isEqualTo(102);
        assertThat(page.body()).contains("course-2", "id=\"section-1\"", "id=\"module-102\"", "Reading corner");
        assertThat(page.body()).doesNotContain("teachers only", "Mock exam", "Project plan");
    }

    @Test
    void aCourseOfOthersLeadsToItsEnrolmentPage() {
        HttpResponse<String> answer = anna.get("/course/view.php?id=10");

        assertThat(TestBrowser.location(answer)).isEqualTo(moodle.wwwroot() + "/enrol/index.php?id=10");
        assertThat(anna.follow(answer).body()).contains("cannot enrol yourself");
    }

    @Test
    void aHiddenCourseIsNotShownToItsStudents() {
        HttpResponse<String> page = anna.get("/course/view.php?id=11");

        assertThat(page.body()).contains("currently unavailable").doesNotContain("Not for students yet");
    }

    @ParameterizedTest
    @CsvSource({
        "/course/view.php?id=999, invalidrecord",
        "/course/view.php?id=x, invalidrecord",
        "/enrol/index.php?id=999, invalidrecord",
        "/mod/page/view.php?id=999, invalidcoursemodule",
    })
    void somethingUnknownIsAnErrorPageWithItsCode(String path, String code) {
        HttpResponse<String> page = anna.get(path);

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("data-rel=\"fatalerror\"", "errorbox", "/error/moodle/" + code + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mod/page/view.php?id=111", "/mod/page/view.php?id=112", "/mod/quiz/view.php?id=102"})
    void anActivityThatCannotBeOpenedLeadsToItsCourseWithANotice(String path) {
        HttpResponse<String> page = anna.follow(anna.get(path));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.uri().toString()).endsWith("/course/view.php?id=2");
        assertThat(page.body()).contains("id=\"user-notifications\"><div class=\"alert alert-danger\"");
    }

    @Test
    void anActivityPageSaysWhatItIs() {
        assertThat(anna.get("/mod/quiz/view.php?id=108").body())
                .contains("id=\"page-mod-quiz-view\"", "cmid-108", "cm-type-quiz", "course-2");
        assertThat(anna.get("/mod/page/view.php?id=113").body()).contains("cmid-113");
    }

    @Test
    void anotherNameOfTheHostIsSentToTheFrontPageOfTheRightOne() {
        URI other = URI.create("http://localhost:" + moodle.wwwroot().getPort() + "/moodle/my/");
        HttpResponse<String> answer = nobody.send(HttpRequest.newBuilder(other).GET());

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(TestBrowser.location(answer)).isEqualTo(moodle.wwwroot() + "/");
    }

    @Test
    void whatIsNotPartOfTheSiteIsNotFound() {
        assertThat(anna.get("/admin/").statusCode()).isEqualTo(404);
        URI outside = moodle.wwwroot().resolve("/moodle-two/login/index.php");
        assertThat(nobody.send(HttpRequest.newBuilder(outside).GET()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void theSiteMayBeTheWholeServer() throws IOException {
        try (DemoMoodle whole = DemoMoodle.builder().path("").start();
                TestBrowser ben = TestBrowser.loggedIn(whole, "ben")) {
            assertThat(whole.wwwroot().getPath()).isEmpty();
            assertThat(ben.get("/my/").body()).contains("Thesis Workshop");
            assertThat(ben.get("/").body()).contains("not a real Moodle site");
        }
    }
}
