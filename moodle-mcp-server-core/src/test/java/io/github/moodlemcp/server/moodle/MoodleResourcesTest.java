package io.github.moodlemcp.server.moodle;

import static io.github.moodlemcp.server.moodle.FakeBrowsers.SITE;
import static io.github.moodlemcp.server.moodle.FakeBrowsers.completed;
import static io.github.moodlemcp.server.moodle.FakeBrowsers.failed;
import static io.github.moodlemcp.server.moodle.FakeBrowsers.signedIn;
import static io.github.moodlemcp.server.moodle.FakeBrowsers.signedOut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.moodlemcp.bridge.Command;
import io.github.moodlemcp.bridge.CommandOutcome;
import io.github.moodlemcp.bridge.SideEffect;
import io.github.moodlemcp.protocol.bridge.FailureReason;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.protocol.mcp.ResourceContents;
import io.github.moodlemcp.server.feature.McpError;
import io.github.moodlemcp.server.feature.ServedResourceTemplate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoodleResourcesTest {
    private static final String URI_READ = "moodle://moodle.example.edu%2Fmoodle/course/5";
    private static final JsonNode FIRST_PAGE = Json.of("""
            {'course':{'id':5,'name':'Biology\u202e','short_name':'BIO','url':'u'},
             'sections':[{'id':1,'number':0,'title':'General','activities':[{'id':10}]},
                         {'id':2,'number':1,'title':'Cells','activities':[{'id':11},{'id':12}]}],
             'coverage':{'returned':3,'offset':0,'total':5,'more':true}}""");
    private static final JsonNode SECOND_PAGE = Json.of("""
            {'course':{'id':5,'name':'Biology'},
             'sections':[{'id':2,'number':1,'title':'Cells','activities':[{'id':13,'name':'Essay'}]},
                         {'id':3,'number':2,'title':'Plants','activities':[{'id':14}]}],
             'coverage':{'returned':2,'offset':3,'total':5,'more':false}}""");

    @Test
    void aCourseIsReadToItsEndAndItsPagesAreOne() {
        FakeBrowsers browsers = twoPages().withLaptop();

        ResourceContents.Text text = readCourse(browsers, FakeCall.plain()).orElseThrow();

        assertThat(text.uri()).isEqualTo(URI_READ);
        assertThat(text.mimeType()).isEqualTo("text/plain");
        assertThat(text.text()).startsWith("From Moodle. What stands between");
        assertThat(dataOf(text)).isEqualTo(Json.of("""
                {'site':'moodle.example.edu/moodle',
                 'course':{'id':5,'name':'Biology','short_name':'BIO','url':'u'},
                 'sections':[{'id':1,'number':0,'title':'General','activities':[{'id':10}]},
                             {'id':2,'number':1,'title':'Cells',
                              'activities':[{'id':11},{'id':12},{'id':13,'name':'Essay'}]},
                             {'id':3,'number':2,'title':'Plants','activities':[{'id':14}]}],
                 'coverage':{'returned':5,'total':5,'more':false}}"""));
        assertThat(browsers.commands).extracting(Command::tool).containsOnly("get_course");
        assertThat(browsers.commands).extracting(Command::site).containsOnly(SITE);
        assertThat(browsers.commands).extracting(Command::sideEffect).containsOnly(SideEffect.READ);
        assertThat(browsers.commands)
                .extracting(command -> command.arguments().toString())
                .containsExactly("{\"course_id\":5,\"offset\":0}", "{\"course_id\":5,\"offset\":3}");
    }

    @Test
    void aCourseLongerThanAReadingSaysHowToGoOn() {
        FakeBrowsers browsers =
                FakeBrowsers.answering(MoodleResourcesTest::endless).withLaptop();

        ResourceContents.Text text = readCourse(browsers, FakeCall.plain()).orElseThrow();

        assertThat(browsers.commands).hasSize(CourseReader.MAX_PAGES);
        assertThat(text.text())
                .startsWith("This course was read only as far as its first 20 of 1000 activities. To go on, call the "
                        + "tool get_course with course_id 5 and offset 20");
        assertThat(dataOf(text).at("/coverage/more").booleanValue()).isTrue();
    }

    @Test
    void withLittleTimeLeftNoFurtherPageIsBegun() {
        FakeBrowsers browsers = twoPages().withLaptop();

        ResourceContents.Text text =
                readCourse(browsers, FakeCall.lasting(Duration.ofSeconds(9))).orElseThrow();

        assertThat(browsers.commands).hasSize(1);
        assertThat(text.text()).contains("first 3 of 5 activities", "offset 3");
    }

    @Test
    void aPageThatBringsNothingIsTheLast() {
        FakeBrowsers browsers = FakeBrowsers.answering(command -> completed(Json.of(
                        "{'course':{},'sections':[],'coverage':{'returned':0,'offset':0,'total':9,'more':true}}")))
                .withLaptop();

        assertThat(readCourse(browsers, FakeCall.plain())).isPresent();
        assertThat(browsers.commands).hasSize(1);
    }

    @Test
    void aCourseThatMoodleDoesNotHaveIsNoResource() {
        FakeBrowsers browsers =
                FakeBrowsers.answering(command -> failed("not_found")).withLaptop();

        assertThat(readCourse(browsers, FakeCall.plain())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "1.5", "01", "five", "1234567890123456", "1e3", "٥"})
    void whatIsNoIdIsNoResourceAndAsksNobody(String id) {
        FakeBrowsers browsers = twoPages().withLaptop();

        assertThat(read(browsers, 0, Map.of("site", SITE, "id", id), FakeCall.plain()))
                .isEmpty();
        assertThat(read(browsers, 1, Map.of("site", SITE, "id", "5", "activity", id), FakeCall.plain()))
                .isEmpty();
        assertThat(browsers.commands).isEmpty();
    }

    @Test
    void withoutABrowserTheErrorSaysWhatToDo() {
        assertThatThrownBy(() -> readCourse(twoPages(), FakeCall.plain()))
                .isInstanceOfSatisfying(McpError.class, error -> {
                    assertThat(error.code()).isEqualTo(503);
                    assertThat(String.valueOf(error.data())).isEqualTo("{\"outcome\":\"not_delivered\"}");
                })
                .hasMessageContainingAll(
                        "No browser is connected", "https://mcp.example.edu/extension", "read this resource again");
    }

    @ParameterizedTest
    @CsvSource({
        "signed_out, 502, sign in there",
        "unknown_site, 502, not added",
        "unexpected_answer, 502, not Moodle's",
        "internal, 502, defect"
    })
    void whyMoodleDidNotAnswerIsToldWithWhatToDo(String reason, int code, String told) {
        FakeBrowsers browsers =
                FakeBrowsers.answering(command -> failed(reason)).withLaptop();

        McpError error = catchThrowableOfType(McpError.class, () -> readCourse(browsers, FakeCall.plain()));

        assertThat(error.code()).isEqualTo(code);
        assertThat(error).hasMessageContaining(told);
        assertThat(String.valueOf(error.data())).isEqualTo("{\"outcome\":\"failed\"}");
    }

    @Test
    void theCodesAreOutsideTheReservedRange() {
        List<CommandOutcome> outcomes = List.of(
                new CommandOutcome.NotConnected(),
                new CommandOutcome.Overloaded(Duration.ofSeconds(2)),
                new CommandOutcome.Disconnected(false),
                new CommandOutcome.Disconnected(true),
                new CommandOutcome.TimedOut(false),
                new CommandOutcome.Rejected(new FailureReason("rejected")),
                new CommandOutcome.Failed(new FailureReason("maintenance"), false));

        for (CommandOutcome outcome : outcomes) {
            FakeBrowsers browsers = FakeBrowsers.answering(command -> outcome).withLaptop();
            McpError error = catchThrowableOfType(McpError.class, () -> readCourse(browsers, FakeCall.plain()));
            assertThat(error.code()).isPositive();
            assertThat(error.getMessage()).isNotBlank();
        }
    }

    @Test
    void aResultWithoutACourseIsADefectOfTheExtension() {
        FakeBrowsers browsers =
                FakeBrowsers.answering(command -> completed(Json.of("['?']"))).withLaptop();

        assertThatThrownBy(() -> readCourse(browsers, FakeCall.plain())).hasMessageContaining("defect");
    }

    @Test
    void ofSeveralBrowsersTheOneThatIsSignedInToTheSiteIsAsked() {
        FakeBrowsers browsers = twoPages()
                .with("b-1", "Laptop", signedOut(SITE))
                .with("b-2", "Phone", signedIn("other.example"), signedIn(SITE));

        assertThat(readCourse(browsers, FakeCall.plain())).isPresent();
        assertThat(browsers.asked)
                .allSatisfy(bridge -> assertThat(bridge.browser()).isEqualTo("b-2"));
    }

    @Test
    void whenSeveralBrowsersCouldAnswerNoneIsAsked() {
        FakeBrowsers browsers = twoPages().with("b-1", "Laptop", signedIn(SITE)).with("b-2", "Phone", signedIn(SITE));

        assertThatThrownBy(() -> readCourse(browsers, FakeCall.plain()))
                .isInstanceOf(McpError.class)
                .hasMessageContainingAll("Laptop (id b-1,", "Phone (id b-2,", "argument browser");
        assertThat(browsers.commands).isEmpty();
    }

    @Test
    void whenNoneOfSeveralBrowsersHasTheSiteItIsToldWhoIsConnected() {
        FakeBrowsers browsers = twoPages().with("b-1", "Laptop").with("b-2", "Phone", signedIn("other.example"));

        assertThatThrownBy(() -> readCourse(browsers, FakeCall.plain()))
                .hasMessageContainingAll("None of the connected browsers", "Laptop", "Phone", "Add this Moodle");
    }

    @Test
    void anActivityIsReadWithItsSectionAndNoFurtherThanItsPage() {
        FakeBrowsers first = twoPages().withLaptop();
        FakeBrowsers second = twoPages().withLaptop();

        assertThat(dataOf(readActivity(first, "12").orElseThrow())).isEqualTo(Json.of("""
                {'site':'moodle.example.edu/moodle',
                 'course':{'id':5,'name':'Biology','short_name':'BIO','url':'u'},
                 'section':{'id':2,'number':1,'title':'Cells'},
                 'activity':{'id':12}}"""));
        assertThat(first.commands).hasSize(1);
        assertThat(dataOf(readActivity(second, "13").orElseThrow())
                        .at("/activity/name")
                        .textValue())
                .isEqualTo("Essay");
        assertThat(second.commands).hasSize(2);
    }

    @Test
    void anActivityThatIsNotInTheCourseIsNoResource() {
        assertThat(readActivity(twoPages().withLaptop(), "99")).isEmpty();
    }

    @Test
    void anActivityBeyondWhatIsReadIsNotSaidToBeAbsent() {
        FakeBrowsers browsers =
                FakeBrowsers.answering(MoodleResourcesTest::endless).withLaptop();

        assertThatThrownBy(() -> readActivity(browsers, "99999"))
                .isInstanceOf(McpError.class)
                .hasMessageContaining("get_course with course_id 5 and offset 20");
    }

    @Test
    void aReadingThatIsCancelledCancelsItsCommand() {
        FakeBrowsers browsers = new FakeBrowsers(
                        (bridge, command) -> CompletableFuture.completedFuture(completed(SECOND_PAGE)))
                .withLaptop();
        FakeCall call = FakeCall.plain();

        readCourse(browsers, call);
        call.onCancel.forEach(Runnable::run);

        assertThat(browsers.cancelled)
                .containsExactly(browsers.commands.getFirst().id());
    }

    private static FakeBrowsers twoPages() {
        return FakeBrowsers.answering(
                command -> completed(command.arguments().path("offset").intValue() == 0 ? FIRST_PAGE : SECOND_PAGE));
    }

    private static CommandOutcome endless(Command command) {
        int offset = command.arguments().path("offset").intValue();
        return completed(Json.of("{'course':{'id':5},'sections':[{'id':1,'number':0,'activities':[{'id':" + (offset + 1)
                + "},{'id':" + (offset + 2) + "}]}],'coverage':{'returned':2,'offset':" + offset
                + ",'total':1000,'more':true}}"));
    }

    private static Optional<ResourceContents.Text> readCourse(FakeBrowsers browsers, FakeCall call) {
        return read(browsers, 0, Map.of("site", SITE, "id", "5"), call);
    }

    private static Optional<ResourceContents.Text> readActivity(FakeBrowsers browsers, String activity) {
        return read(browsers, 1, Map.of("site", SITE, "id", "5", "activity", activity), FakeCall.plain());
    }

    private static Optional<ResourceContents.Text> read(
            FakeBrowsers browsers, int template, Map<String, String> variables, FakeCall call) {
        ServedResourceTemplate served = Served.over(browsers).templates().get(template);
        return served.reader().read(URI_READ, variables, call).map(read -> (ResourceContents.Text)
                ((McpResult.ResourceRead) read).contents().getFirst());
    }

    /** What stands between the markers. */
    private static JsonNode dataOf(ResourceContents.Text text) {
        List<String> lines = text.text().lines().toList();
        assertThat(lines.getLast()).isEqualTo("</" + lines.get(lines.size() - 3).substring(1));
        return Json.exactly(lines.get(lines.size() - 2));
    }
}
