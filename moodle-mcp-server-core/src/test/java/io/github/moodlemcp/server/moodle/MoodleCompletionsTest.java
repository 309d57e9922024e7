package io.github.moodlemcp.server.moodle;

import static io.github.moodlemcp.server.moodle.FakeBrowsers.SITE;
import static io.github.moodlemcp.server.moodle.FakeBrowsers.completed;
import static io.github.moodlemcp.server.moodle.FakeBrowsers.failed;
import static io.github.moodlemcp.server.moodle.FakeBrowsers.signedIn;
import static io.github.moodlemcp.server.moodle.FakeBrowsers.signedOut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.moodlemcp.bridge.Command;
import io.github.moodlemcp.bridge.CommandOutcome;
import io.github.moodlemcp.server.feature.Completer;
import io.github.moodlemcp.server.feature.ServedPrompt;
import io.github.moodlemcp.server.feature.ServedResourceTemplate;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MoodleCompletionsTest {
    private static final JsonNode COURSES = Json.of("""
            {'courses':[{'id':7,'name':'Advanced Biology','short_name':'BIO2'},
                        {'id':5,'name':'Biology\u202e','short_name':'BIO'},
                        {'id':9,'name':'Études françaises','short_name':'FR'}],
             'coverage':{'returned':3,'offset':0,'more':false}}""");
    private static final JsonNode COURSE = Json.of("""
            {'course':{'id':5},'sections':[{'id':1,'activities':[{'id':10,'name':'Essay'},{'id':11,'name':'Exam'}]},
                                           {'id':2,'activities':[{'id':20,'name':'Lab report'}]}],
             'coverage':{'returned':3,'offset':0,'total':3,'more':false}}""");

    @Test
    void aPromptIsGivenTheNameAndTheIdOfACourse() {
        FakeBrowsers browsers = moodle().withLaptop();

        assertThat(ofPrompt(browsers, "bio")).containsExactly("Biology (id 5)", "Advanced Biology (id 7)");
        assertThat(ofPrompt(browsers, "etud")).containsExactly("Études françaises (id 9)");
        assertThat(browsers.commands)
                .allSatisfy(command -> assertThat(command.site()).isEqualTo(SITE));
        assertThat(browsers.tools()).containsOnly("list_courses");
    }

    @Test
    void theVariableOfAResourceIsGivenThePlainId() {
        FakeBrowsers browsers = moodle().withLaptop();

        assertThat(ofResource(browsers, "id", "bio", Map.of("site", SITE))).containsExactly("5", "7");
        assertThat(ofResource(browsers, "id", "9", Map.of())).containsExactly("9");
        assertThat(ofResource(browsers, "id", "", Map.of("site", "elsewhere.example")))
                .isEmpty();
    }

    @Test
    void sitesComeFromTheConnectedBrowsers() {
        FakeBrowsers browsers = moodle().with("b-1", "Laptop", signedIn(SITE), signedOut("other.example"))
                .with("b-2", "Phone", signedIn(SITE));

        assertThat(ofResource(browsers, "site", "", Map.of())).containsExactly(SITE, "other.example");
        assertThat(ofResource(browsers, "site", "oth", Map.of())).containsExactly("other.example");
        assertThat(browsers.commands).isEmpty();
    }

    @Test
    void activitiesComeFromTheCourseThatIsNamed() {
        FakeBrowsers browsers = moodle().withLaptop();

        assertThat(ofResource(browsers, "activity", "e", Map.of("site", SITE, "id", "5")))
                .containsExactly("10", "11", "20");
        assertThat(ofResource(browsers, "activity", "lab", Map.of("site", SITE, "id", "5")))
                .containsExactly("20");
        assertThat(browsers.commands.getFirst().arguments().toString()).isEqualTo("{\"course_id\":5,\"offset\":0}");
        assertThat(ofResource(browsers, "activity", "lab", Map.of("site", SITE)))
                .isEmpty();
        assertThat(ofResource(browsers, "activity", "lab", Map.of("id", "x"))).isEmpty();
    }

    @Test
    void coursesOfSeveralSitesSayWhereTheyAre() {
        FakeBrowsers browsers =
                moodle().with("b-1", "Laptop", signedIn("one.example"), signedOut("out.example"), signedIn(SITE));

        assertThat(ofPrompt(browsers, "biology"))
                .containsExactly(
                        "Biology (id 5 on one.example)",
                        "Biology (id 5 on " + SITE + ")",
                        "Advanced Biology (id 7 on one.example)",
                        "Advanced Biology (id 7 on " + SITE + ")");
        assertThat(browsers.commands).extracting(Command::site).containsExactly("one.example", SITE);
    }

    @Test
    void ofSeveralBrowsersTheOneThatIsSignedInIsAsked() {
        FakeBrowsers browsers = moodle().with("b-1", "Laptop", signedOut(SITE)).with("b-2", "Phone", signedIn(SITE));

        assertThat(ofPrompt(browsers, "biology")).hasSize(2);
        assertThat(browsers.asked)
                .singleElement()
                .satisfies(bridge -> assertThat(bridge.browser()).isEqualTo("b-2"));
    }

    @Test
    void whatCannotBeFoundIsNotProposed() {
        assertThat(ofPrompt(moodle(), "bio")).isEmpty();
        assertThat(ofPrompt(moodle().with("b-1", "Laptop", signedOut(SITE)), "bio"))
                .isEmpty();
        assertThat(ofPrompt(
                        FakeBrowsers.answering(command -> failed("signed_out")).withLaptop(), "bio"))
                .isEmpty();
        assertThat(ofPrompt(
                        FakeBrowsers.answering(command -> completed(Json.of("'nonsense'")))
                                .withLaptop(),
                        "bio"))
                .isEmpty();
    }

    @Test
    @Timeout(5)
    void aBrowserThatDoesNotAnswerInTimeProposesNothing() {
        FakeBrowsers browsers = new FakeBrowsers((bridge, command) -> new CompletableFuture<>()).withLaptop();

        assertThat(prompt(browsers).complete("bio", Map.of(), FakeCall.lasting(Duration.ofMillis(100))))
                .isEmpty();
    }

    @Test
    void longListsAreReadOnWithinABound() {
        FakeBrowsers browsers = FakeBrowsers.answering(command -> {
                    int offset = command.arguments().path("offset").intValue();
                    return completed(Json.of("{'courses':[{'id':" + (offset + 1) + ",'name':'Course " + (offset + 1)
                            + "'}],'coverage':{'returned':1,'offset':" + offset + ",'more':true}}"));
                })
                .withLaptop();

        assertThat(ofPrompt(browsers, "course"))
                .containsExactly(IntStream.rangeClosed(1, 5)
                        .mapToObj(id -> "Course " + id + " (id " + id + ")")
                        .toArray(String[]::new));
        assertThat(browsers.commands).hasSize(5);
    }

    @Test
    void aLaterPageThatFailsLeavesWhatWasRead() {
        FakeBrowsers browsers = FakeBrowsers.answering(
                        command -> command.arguments().path("offset").intValue() == 0
                                ? completed(Json.of("{'courses':[{'id':1,'name':'Course'}],"
                                        + "'coverage':{'returned':1,'offset':0,'more':true}}"))
                                : failed("unreachable"))
                .withLaptop();

        assertThat(ofPrompt(browsers, "course")).containsExactly("Course (id 1)");
    }

    @Test
    void peopleWhoTypeFastAskOnceAndNothingIsKept() throws Exception {
        CompletableFuture<CommandOutcome> answer = new CompletableFuture<>();
        FakeBrowsers browsers = new FakeBrowsers((bridge, command) -> answer).withLaptop();
        Completer completer = prompt(browsers);
        SharedReads reads = new SharedReads(browsers, new SecureRandom());
        SharedReads.Reading reading = new SharedReads.Reading(
                browsers.connected(FakeBrowsers.ANNA)
                        .toCompletableFuture()
                        .join()
                        .getFirst()
                        .id(),
                SITE,
                ToolCatalogue.builtIn().find("list_courses").orElseThrow(),
                Json.of("{}").deepCopy());

        var first = reads.pages(reading).toCompletableFuture();
        var second = reads.pages(reading).toCompletableFuture();
        assertThat(browsers.commands).hasSize(1);
        second.cancel(true);
        answer.complete(completed(COURSES));
        assertThat(first.join()).containsExactly(COURSES);
        reads.pages(reading);
        assertThat(browsers.commands).hasSize(2);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<String>> typed = threads.submit(() -> completer.complete("bio", Map.of(), FakeCall.plain()));
            assertThat(typed.get()).hasSize(2);
        }
    }

    @Test
    void aRouterThatBreaksDownLeavesNoReadingBehind() {
        FakeBrowsers browsers = new FakeBrowsers((bridge, command) -> {
                    throw new IllegalStateException("broken");
                })
                .withLaptop();
        Completer completer = prompt(browsers);

        for (int i = 1; i <= 2; i++) {
            assertThat(catchDefect(completer)).isInstanceOf(IllegalStateException.class);
            assertThat(browsers.commands).hasSize(i);
        }
    }

    private static Throwable catchDefect(Completer completer) {
        return catchThrowable(() -> completer.complete("bio", Map.of(), FakeCall.plain()));
    }

    private static FakeBrowsers moodle() {
        return FakeBrowsers.answering(command -> completed(command.tool().equals("list_courses") ? COURSES : COURSE));
    }

    private static MoodleFeatures features(FakeBrowsers browsers) {
        return Served.over(browsers);
    }

    private static Completer prompt(FakeBrowsers browsers) {
        ServedPrompt summarise = features(browsers).prompts().stream()
                .filter(served -> served.prompt().name().equals("summarise_course"))
                .findFirst()
                .orElseThrow();
        return summarise.completers().get("course");
    }

    private static List<String> ofPrompt(FakeBrowsers browsers, String typed) {
        return prompt(browsers).complete(typed, Map.of(), FakeCall.plain());
    }

    private static List<String> ofResource(
            FakeBrowsers browsers, String variable, String typed, Map<String, String> others) {
        ServedResourceTemplate activities = features(browsers).templates().getLast();
        return activities.completers().get(variable).complete(typed, others, FakeCall.plain());
    }
}
