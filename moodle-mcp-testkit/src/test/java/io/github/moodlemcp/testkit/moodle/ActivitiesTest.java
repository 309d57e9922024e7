package io.github.moodlemcp.testkit.moodle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivitiesTest {
    private DemoMoodle moodle;
    private TestBrowser anna;
    private TestBrowser ben;

    @BeforeEach
    void start() throws IOException {
        moodle = DemoMoodle.start();
        anna = TestBrowser.loggedIn(moodle, "anna");
        ben = TestBrowser.loggedIn(moodle, "ben");
    }

    @AfterEach
    void stop() {
        anna.close();
        ben.close();
        moodle.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/mod/page/view.php?id=102, page-mod-page-view, Rules",
        "/mod/book/tool/print/index.php?id=116, page-mod-book-print, 1.1. Errors",
        "/mod/wiki/view.php?pageid=22, page-mod-wiki-view, Donaudampfschifffahrt",
        "/mod/glossary/view.php?id=119, page-mod-glossary-view, Ruler",
        "/mod/quiz/review.php?attempt=601, page-mod-quiz-review, milimetre &lt;sic&gt;",
        "/mod/forum/search.php?id=2&search=STEEL, page-mod-forum-search, data-post-id=\"9002\""
    })
    void anActivityIsShownWithTheIdThatMoodleGivesItsPage(String path, String bodyId, String content) {
        assertThat(anna.get(path).body()).contains("<body id=\"" + bodyId + "\"", content);
    }

    @Test
    void anAttemptIsShownOnlyToThePersonWhoseItIs() {
        assertThat(ben.get("/mod/quiz/review.php?attempt=601").body()).contains("/error/moodle/notyourattempt");
        assertThat(ben.get("/mod/quiz/view.php?id=108").body()).doesNotContain("review.php");
    }

    @Test
    void aCourseOfOthersIsNotSearched() {
        assertThat(TestBrowser.location(anna.get("/mod/forum/search.php?id=10&search=a")))
                .isEqualTo(moodle.wwwroot() + "/enrol/index.php?id=10");
    }
}
