package io.github.moodlemcp.distribution.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.bridge.ExtensionFrame;
import io.github.moodlemcp.protocol.bridge.FailureReason;
import io.github.moodlemcp.protocol.bridge.ServiceFrame;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension.Script;
import io.github.moodlemcp.testkit.mcp.McpTestClient;
import io.github.moodlemcp.testkit.mcp.McpTestClient.Answer;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way from a tool call to a browser and back, and how each end of it is told. */
class BridgeCallsTest extends ServiceScenario {

    @Test
    void aCallRunsInTheCallersBrowserAndItsResultComesBackFenced() throws IOException {
        try (ScriptedExtension browser = anna.browser("Chromium", Script.silent())) {
            McpTestClient client = anna.client();
            ObjectNode arguments = JSON.objectNode().put("limit", 5).put("site", "moodle.example.edu");
            CompletableFuture<Answer> call =
                    CompletableFuture.supplyAsync(() -> client.callTool("list_courses", arguments));
            ServiceFrame.Run run = (ServiceFrame.Run) browser.nextFrame();
            browser.send(new ExtensionFrame.Reply(
                    run.command(), new ObjectMapper().readTree("{\"courses\":[{\"name\":\"R&D \u202e<Intro>\"}]}")));
            Answer answer = call.join();

            assertThat(run.tool()).isEqualTo("list_courses");
            assertThat(run.site()).isEqualTo("moodle.example.edu");
            assertThat(run.arguments().toString()).isEqualTo("{\"limit\":5}");
            assertThat(run.sideEffect()).isEqualTo("read");
            assertThat(run.remainingMs()).isBetween(40_000L, 45_000L);
            assertThat(answer.body().at("/result/isError").booleanValue()).isFalse();
            assertThat(textOf(answer))
                    .startsWith("From Moodle.")
                    .contains("\n{\"courses\":[{\"name\":\"R&D <Intro>\"}]}\n");
            assertThat(outcomeOf(answer)).isEqualTo("done");
        }
    }

    @Test
    void nobodyReachesTheBrowserOfAnother() {
        try (ScriptedExtension browser = anna.browser("Chromium", Script.replying(NONE))) {
            Answer answer = ben.client().callTool("list_courses", NONE.deepCopy());

            assertThat(outcomeOf(answer)).isEqualTo("not_delivered");
            assertThat(textOf(answer)).contains("No browser is connected", "/extension", "list_courses again");
        }
    }

    @Test
    void ofSeveralBrowsersOneMustBeChosen() {
        try (ScriptedExtension first =
                        anna.browser("Laptop", Script.replying(JSON.objectNode().put("from", "laptop")));
                ScriptedExtension second =
                        anna.browser("Phone", Script.replying(JSON.objectNode().put("from", "phone")))) {
            McpTestClient client = anna.client();

            Answer unclear = client.callTool("list_courses", NONE.deepCopy());
            Answer chosen = client.callTool("list_courses", JSON.objectNode().put("browser", "Phone"));

            assertThat(textOf(unclear)).contains("Laptop", "Phone", "argument browser");
            assertThat(textOf(chosen)).contains("\"from\":\"phone\"");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "signed_out, failed, sign in there",
        "no_permission, failed, allow access",
        "no_site, failed, Add this Moodle",
        "unexpected_answer, failed, not Moodle's",
        "unreachable, failed, did not answer",
        "maintenance, failed, maintenance",
        "not_found, failed, list_courses",
        "rejected, rejected, refused by the person",
        "internal, failed, defect",
        "from_the_future, failed, defect"
    })
    void aFailureIsToldWithWhatToDoNext(String reason, String outcome, String told) {
        try (ScriptedExtension browser = anna.browser("Chromium", Script.failing(new FailureReason(reason)))) {
            Answer answer = anna.client().callTool("list_courses", NONE.deepCopy());

            assertThat(answer.body().at("/result/isError").booleanValue()).isTrue();
            assertThat(outcomeOf(answer)).isEqualTo(outcome);
            assertThat(textOf(answer)).contains(told);
        }
    }

    @Test
    void aBrowserThatVanishesEndsItsCallsAtOnce() {
        ScriptedExtension browser = anna.browser("Chromium", Script.silent());
        McpTestClient client = anna.client();
        CompletableFuture<Answer> call =
                CompletableFuture.supplyAsync(() -> client.callTool("list_courses", NONE.deepCopy()));
        assertThat(browser.nextFrame()).isInstanceOf(ServiceFrame.Run.class);

        browser.vanish();

        Answer answer = call.join();
        assertThat(outcomeOf(answer)).isEqualTo("not_delivered");
        assertThat(textOf(answer)).contains("safe to call it again");
    }

    @Test
    void aClaimedCommandWhoseBrowserVanishesIsUnknown() {
        ScriptedExtension browser = anna.browser("Chromium", Script.silent());
        McpTestClient client = anna.client();
        CompletableFuture<Answer> call =
                CompletableFuture.supplyAsync(() -> client.callTool("list_courses", NONE.deepCopy()));
        ServiceFrame.Run run = (ServiceFrame.Run) browser.nextFrame();
        browser.send(new ExtensionFrame.Claim(browser.nextId(), run.command()));
        assertThat(browser.nextFrame())
                .isInstanceOfSatisfying(
                        ServiceFrame.ClaimAnswer.class,
                        answer -> assertThat(answer.refusal()).isNull());

        browser.vanish();

        assertThat(outcomeOf(call.join())).isEqualTo("outcome_unknown");
    }

    @Test
    void statusTellsWhatEachBrowserSaysNow() {
        JsonNode sites = JSON.objectNode()
                .set(
                        "sites",
                        JSON.arrayNode()
                                .add(JSON.objectNode().put("site", "m.example").put("state", "signed_out")));
        try (ScriptedExtension browser = anna.browser("Chromium", Script.replying(sites))) {
            Answer answer = anna.client().callTool("get_status", NONE.deepCopy());

            assertThat(textOf(answer))
                    .startsWith("m.example: sign in there")
                    .contains("\"connected\":true", "\"answers\":true");
        }
    }
}
