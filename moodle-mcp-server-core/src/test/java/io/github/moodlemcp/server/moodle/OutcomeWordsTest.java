package io.github.moodlemcp.server.moodle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.moodlemcp.bridge.CommandOutcome;
import io.github.moodlemcp.protocol.bridge.FailureReason;
import io.github.moodlemcp.protocol.mcp.ContentBlock;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.server.spi.WriteRecords.State;
import io.github.moodlemcp.server.write.WriteAnswer;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever ends a call, it has exactly one ending, and one that is unknown only after a granted claim. */
class OutcomeWordsTest {
    private static final OutcomeWording OUTCOMES =
            new OutcomeWording(URI.create("https://mcp.example.edu"), new SecureRandom());
    private static final WriteWording WRITES = new WriteWording(OUTCOMES, "write_note");
    private static final WriteKey GIVEN = new WriteKey.Given("k-1");
    private static final WriteKey MADE = new WriteKey.Made("made");

    static Stream<Arguments> outcomesOfTheRouter() {
        return Stream.of(
                Arguments.of(new CommandOutcome.Completed(JsonNodeFactory.instance.objectNode()), "done"),
                Arguments.of(new CommandOutcome.NotConnected(), "not_delivered"),
                Arguments.of(new CommandOutcome.Overloaded(Duration.ofSeconds(2)), "not_delivered"),
                Arguments.of(new CommandOutcome.Rejected(new FailureReason("rejected")), "rejected"),
                Arguments.of(new CommandOutcome.Disconnected(false), "not_delivered"),
                Arguments.of(new CommandOutcome.Disconnected(true), "outcome_unknown"),
                Arguments.of(new CommandOutcome.TimedOut(false), "not_delivered"),
                Arguments.of(new CommandOutcome.TimedOut(true), "outcome_unknown"));
    }

    @ParameterizedTest
    @MethodSource("outcomesOfTheRouter")
    void anOutcomeHasOneEnding(CommandOutcome outcome, String word) {
        assertEndsAs(outcome, word);
    }

    @ParameterizedTest
    @CsvSource({
        "unknown_operation, failed, outcome_unknown",
        "invalid_arguments, failed, failed",
        "no_site, failed, outcome_unknown",
        "unknown_site, failed, outcome_unknown",
        "several_sites, failed, outcome_unknown",
        "no_permission, failed, failed",
        "signed_out, failed, failed",
        "site_changed_user, failed, failed",
        "moodle_refused, failed, failed",
        "person_needed, failed, failed",
        "not_found, failed, failed",
        "unsupported_by_site, failed, failed",
        "maintenance, failed, failed",
        "unreachable, failed, outcome_unknown",
        "unexpected_answer, failed, outcome_unknown",
        "busy, not_delivered, outcome_unknown",
        "cancelled, not_delivered, outcome_unknown",
        "expired, not_delivered, outcome_unknown",
        "internal, failed, outcome_unknown",
        "from_the_future, failed, outcome_unknown"
    })
    void aFailureIsUnknownOnlyAfterAClaimAndWithoutARefusal(String reason, String unclaimed, String claimed) {
        assertEndsAs(new CommandOutcome.Failed(new FailureReason(reason), false), unclaimed);
        assertEndsAs(new CommandOutcome.Failed(new FailureReason(reason), true), claimed);
    }

    private static void assertEndsAs(CommandOutcome outcome, String word) {
        WriteAnswer ended = new WriteAnswer.Ended(outcome);
        List<McpResult.ToolCall> told =
                List.of(OUTCOMES.word("write_note", outcome), WRITES.word(GIVEN, ended), WRITES.word(MADE, ended));
        assertThat(told).allSatisfy(result -> {
            assertThat(wordOf(result)).isEqualTo(word);
            assertThat(result.isError()).isEqualTo(!word.equals("done"));
            assertThat(text(result)).isNotBlank();
        });
        assertThat(told.subList(1, 3))
                .allSatisfy(result -> assertThat(result.meta().has("io.github.moodlemcp/request_key"))
                        .isEqualTo(word.equals("outcome_unknown")));
    }

    static Stream<Arguments> otherAnswersToWrites() {
        return Stream.of(
                Arguments.of(new WriteAnswer.Recorded(State.DONE), "done", false),
                Arguments.of(new WriteAnswer.Recorded(State.FAILED), "failed", false),
                Arguments.of(new WriteAnswer.Recorded(State.REJECTED), "rejected", false),
                Arguments.of(new WriteAnswer.Recorded(State.OUTCOME_UNKNOWN), "outcome_unknown", true),
                Arguments.of(new WriteAnswer.NotCarriedOut(), "not_delivered", false),
                Arguments.of(new WriteAnswer.WaitingForApproval(), "waiting_for_approval", true),
                Arguments.of(new WriteAnswer.StillRunning(), "outcome_unknown", true),
                Arguments.of(new WriteAnswer.OtherArguments(), "failed", false),
                Arguments.of(new WriteAnswer.NoRecords(), "not_delivered", false));
    }

    @ParameterizedTest
    @MethodSource("otherAnswersToWrites")
    void anAnswerToAWriteHasOneWordAndTheKeyWhereItIsNeeded(WriteAnswer answer, String word, boolean tellsKey) {
        McpResult.ToolCall told = WRITES.word(GIVEN, answer);

        assertThat(wordOf(told)).isEqualTo(word);
        assertThat(told.isError()).isEqualTo(!word.equals("done"));
        assertThat(told.meta().path("io.github.moodlemcp/request_key").asText()).isEqualTo(tellsKey ? "k-1" : "");
    }

    private static String wordOf(McpResult.ToolCall result) {
        return result.meta().path("io.github.moodlemcp/outcome").asText();
    }

    private static String text(McpResult.ToolCall result) {
        return ((ContentBlock.Text) result.content().getFirst()).text();
    }
}
