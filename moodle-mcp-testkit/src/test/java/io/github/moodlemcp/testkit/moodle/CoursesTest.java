package io.github.moodlemcp.testkit.moodle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.moodlemcp.testkit.moodle.TestBrowser.Call;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoursesTest {
    private static final String TIMELINE = "core_course_get_enrolled_courses_by_timeline_classification";

    private static DemoMoodle moodle;
    private static TestBrowser anna;
    private static TestBrowser ben;

    @BeforeAll
    static void start() throws IOException {
        moodle = DemoMoodle.start();
        anna = TestBrowser.loggedIn(moodle, "anna");
        ben = TestBrowser.loggedIn(moodle, "ben");
    }

    @AfterAll
    static void stop() {
        anna.close();
        ben.close();
        moodle.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "all | 2 3 4 5 6 7 8",
                "allincludinghidden | 2 3 4 5 6 7 8 9",
                "inprogress | 2 3 4 6 7",
                "past | 5",
                "future | 8",
                "favourites | 3",
                "hidden | 9",
            })
    void aClassificationSelectsAnnasCourses(String classification, String ids) {
        assertThat(ids(timeline(anna, classification, ""))).isEqualTo(ids);
    }

    @Test
    void benSeesTheHiddenCourseThatHeTeaches() {
        JsonNode courses = timeline(ben, "all", "");

        assertThat(ids(courses)).isEqualTo("2 3 10 11");
        assertThat(courses.path("courses").path(3).path("visible").asBoolean(true))
                .isFalse();
    }

    @Test
    void pagesOfCoursesAddUpToAllOfThem() {
        JsonNode first = timeline(anna, "all", ",\"limit\":4");
        JsonNode second = timeline(
                anna,
                "all",
                ",\"limit\":4,\"offset\":" + first.path("nextoffset").asInt());

        assertThat(ids(first)).isEqualTo("2 3 4 5");
        assertThat(ids(second)).isEqualTo("6 7 8");
        assertThat(second.path("nextoffset").asInt()).isEqualTo(7);
    }

    @Test
    void theNextOffsetCountsTheCoursesThatWereLookedAt() {
        JsonNode past = timeline(anna, "past", ",\"limit\":1");

        assertThat(ids(past)).isEqualTo("5");
        assertThat(past.path("nextoffset").asInt()).isEqualTo(4);
    }

    @Test
    void coursesCanBeSorted() {
        assertThat(ids(timeline(anna, "all", ",\"sort\":\"startdate desc\""))).startsWith("8 7 6");
        assertThat(ids(timeline(anna, "favourites", ",\"sort\":\"ul.timeaccess desc\"")))
                .isEqualTo("3");
    }

    @Test
    void namesAreEscapedOnceAndKeepTheirQuotes() {
        JsonNode courses = timeline(anna, "all", "").path("courses");

        assertThat(courses.path(0).path("fullname").asText()).isEqualTo("R&amp;D &lt;Intro&gt;");
        assertThat(courses.path(0).path("coursecategory").asText()).isEqualTo("Science &amp; Engineering");
        assertThat(courses.path(1).path("fullname").asText())
                .isEqualTo("Größenlehre: „Maß &amp; Zahl“ – it's a \"start\"");
    }

    @Test
    void progressIsThatOfTheUser() {
        JsonNode course = timeline(anna, "all", "").path("courses").path(0);

        assertThat(course.path("hasprogress").asBoolean()).isTrue();
        assertThat(course.path("progress").asInt()).isEqualTo(50);
        assertThat(timeline(ben, "all", "")
                        .path("courses")
                        .path(0)
                        .path("hasprogress")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void theStateIsATextWithJsonWhoseIdsAreTexts() {
        JsonNode state = state(anna, 2);

        assertThat(state.path("course").path("id").isTextual()).isTrue();
        assertThat(texts(state.path("course").path("sectionlist"))).containsExactly("11", "12", "13", "15", "16", "17");
        assertThat(state.path("section")).hasSize(6);
    }

    @Test
    void aStealthActivityPointsToASectionThatIsNotListed() {
        JsonNode stealth = activity(state(anna, 2), "113");

        assertThat(stealth.path("stealth").asBoolean()).isTrue();
        assertThat(stealth.path("uservisible").asBoolean()).isTrue();
        assertThat(stealth.path("sectionid").asText()).isEqualTo("14");
        assertThat(texts(state(anna, 2).path("course").path("sectionlist"))).doesNotContain("14");
    }

    @Test
    void anOrdinaryActivityOfAHiddenSectionIsForTeachersOnly() {
        assertThat(activity(state(anna, 2), "114").isMissingNode()).isTrue();
        assertThat(activity(state(ben, 2), "114").path("visible").asBoolean(true))
                .isFalse();
    }

    @Test
    void aRestrictedActivityIsNamedButCannotBeOpened() {
        JsonNode restricted = activity(state(anna, 2), "112");

        assertThat(restricted.path("hascmrestrictions").asBoolean()).isTrue();
        assertThat(restricted.path("uservisible").asBoolean(true)).isFalse();
    }

    @Test
    void aRestrictedSectionIsListedEmpty() {
        JsonNode section = section(state(anna, 2), "15");

        assertThat(section.path("hasrestrictions").asBoolean()).isTrue();
        assertThat(section.path("cmlist")).isEmpty();
        assertThat(section.has("sectionurl")).isFalse();
        assertThat(activity(state(anna, 2), "115").isMissingNode()).isTrue();
    }

    @Test
    void aHiddenActivityIsForTeachersOnly() {
        assertThat(activity(state(anna, 2), "111").isMissingNode()).isTrue();
        assertThat(activity(state(ben, 2), "111").path("visible").asBoolean(true))
                .isFalse();
    }

    @Test
    void aSubsectionIsASectionOfAnActivity() {
        JsonNode state = state(anna, 2);
        JsonNode section = section(state, "17");

        assertThat(section.path("component").asText()).isEqualTo("mod_subsection");
        assertThat(section.path("parentsectionid").asText()).isEqualTo("16");
        assertThat(activity(state, "117").path("delegatesectionid").asText()).isEqualTo("17");
    }

    @Test
    void completionIsThatOfTheUserAndOnlyWhereItIsTracked() {
        JsonNode state = state(anna, 2);

        assertThat(activity(state, "102").path("completionstate").asInt(-1)).isEqualTo(1);
        assertThat(activity(state, "105").path("completionstate").asInt(-1)).isZero();
        assertThat(activity(state, "108").path("completionstate").asInt(-1)).isEqualTo(2);
        assertThat(activity(state, "109").path("completionstate").asInt(-1)).isEqualTo(3);
        assertThat(activity(state, "107").has("completionstate")).isFalse();
        assertThat(activity(state(ben, 2), "102").has("completionstate")).isFalse();
    }

    @Test
    void aLabelHasNoAddress() {
        assertThat(activity(state(anna, 2), "103").has("url")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"10, requireloginerror", "11, requireloginerror", "999, invalidrecord"})
    void theStateOfACourseThatIsNotAnnasIsRefused(int course, String code) {
        JsonNode answer = anna.call(new Call("core_courseformat_get_state", "{\"courseid\":" + course + "}"));

        assertThat(answer.path(0).path("exception").path("errorcode").asText()).isEqualTo(code);
    }

    private static JsonNode timeline(TestBrowser browser, String classification, String more) {
        return browser.data(TIMELINE, "{\"classification\":\"" + classification + "\"" + more + "}");
    }

    private static JsonNode state(TestBrowser browser, int course) {
        return TestBrowser.parse(browser.data("core_courseformat_get_state", "{\"courseid\":" + course + "}")
                .asText());
    }

    private static JsonNode activity(JsonNode state, String id) {
        return byId(state.path("cm"), id);
    }

    private static JsonNode section(JsonNode state, String id) {
        return byId(state.path("section"), id);
    }

    private static JsonNode byId(JsonNode list, String id) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(item -> item.path("id").asText().equals(id))
                .findFirst()
                .orElse(list.path("absent"));
    }

    private static String ids(JsonNode timeline) {
        return String.join(" ", timeline.path("courses").findValuesAsText("id"));
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
