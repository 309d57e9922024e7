package io.github.moodlemcp.testkit.chaos;

import static io.github.moodlemcp.testkit.chaos.Histories.LAPTOP;
import static io.github.moodlemcp.testkit.chaos.Histories.SECOND;
import static io.github.moodlemcp.testkit.chaos.Histories.arrived;
import static io.github.moodlemcp.testkit.chaos.Histories.claim;
import static io.github.moodlemcp.testkit.chaos.Histories.ended;
import static io.github.moodlemcp.testkit.chaos.Histories.endedAt;
import static io.github.moodlemcp.testkit.chaos.Histories.executed;
import static io.github.moodlemcp.testkit.chaos.Histories.granted;
import static io.github.moodlemcp.testkit.chaos.Histories.journal;
import static io.github.moodlemcp.testkit.chaos.Histories.keyed;
import static io.github.moodlemcp.testkit.chaos.Histories.kinds;
import static io.github.moodlemcp.testkit.chaos.Histories.read;
import static io.github.moodlemcp.testkit.chaos.Histories.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.testkit.chaos.Event.BrowserStood;
import io.github.moodlemcp.testkit.chaos.Event.CallBegun;
import io.github.moodlemcp.testkit.chaos.Event.CallEnded;
import io.github.moodlemcp.testkit.chaos.Event.CancelArrived;
import io.github.moodlemcp.testkit.chaos.Event.ClaimAnswer;
import io.github.moodlemcp.testkit.chaos.Violation.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EndingRulesTest {
    @Nested
    class Untruths {
        @Test
        void notDeliveredButExecuted() {
            assertThat(kinds(
                            write(),
                            arrived("c1", LAPTOP),
                            granted(),
                            executed("c1", LAPTOP, Effect.REFUSED),
                            ended(Ending.NOT_DELIVERED)))
                    .containsExactly(Kind.NOT_DELIVERED_BUT_EXECUTED, Kind.NOT_DELIVERED_AFTER_CLAIM);
        }

        @Test
        void aRepeatedKeyNotDeliveredThoughItHadBeenExecuted() {
            assertThat(kinds(
                            keyed("e1", 1, "laptop", 0),
                            arrived("c1", LAPTOP),
                            granted(),
                            executed("c1", LAPTOP, Effect.WRITTEN),
                            endedAt(1, Ending.DONE, 3 * SECOND),
                            keyed("e1", 2, "laptop", 4 * SECOND),
                            endedAt(2, Ending.NOT_DELIVERED, 5 * SECOND)))
                    .containsExactly(Kind.NOT_DELIVERED_BUT_EXECUTED);
        }

        @Test
        void notDeliveredThoughItWasClaimed() {
            assertThat(kinds(write(), arrived("c1", LAPTOP), granted(), ended(Ending.NOT_DELIVERED)))
                    .containsExactly(Kind.NOT_DELIVERED_AFTER_CLAIM);
            assertThat(kinds(
                            write(),
                            arrived("c1", LAPTOP),
                            granted(),
                            journal(null, 3 * SECOND),
                            ended(Ending.NOT_DELIVERED)))
                    .isEmpty();
            assertThat(kinds(
                            write(),
                            arrived("c1", LAPTOP),
                            granted(),
                            new CancelArrived("e1", "c1", LAPTOP, 3 * SECOND),
                            ended(Ending.NOT_DELIVERED)))
                    .isEmpty();
        }

        @Test
        void notReachedThoughConnected() {
            CallBegun late = new CallBegun("e1", 1, "anna", "laptop", false, null, 5 * SECOND);
            BrowserStood stood = new BrowserStood("e1", 1, LAPTOP, SECOND);
            assertThat(kinds(late, ended(Ending.NOT_DELIVERED), stood)).containsExactly(Kind.CONNECTED_BUT_NOT_REACHED);
            assertThat(kinds(late, arrived("c1", LAPTOP), ended(Ending.NOT_DELIVERED), stood))
                    .isEmpty();
            assertThat(kinds(late, ended(Ending.NOT_DELIVERED), new BrowserStood("e1", 1, LAPTOP, 5 * SECOND)))
                    .isEmpty();
            CallBegun besides = keyed("e1", 2, "phone", 5 * SECOND);
            assertThat(kinds(
                            late,
                            besides,
                            ended(Ending.NOT_DELIVERED),
                            endedAt(2, Ending.NOT_DELIVERED, 9 * SECOND),
                            stood))
                    .as("it may have joined the other call, whose browser is away")
                    .isEmpty();
        }

        @Test
        void rejectedButExecuted() {
            assertThat(kinds(
                            write(),
                            arrived("c1", LAPTOP),
                            granted(),
                            executed("c1", LAPTOP, Effect.WRITTEN),
                            ended(Ending.REJECTED)))
                    .containsExactly(Kind.REJECTED_BUT_EXECUTED);
        }

        @Test
        void failedThoughItMayHaveBeenCarriedOut() {
            for (Effect effect : List.of(Effect.WRITTEN, Effect.UNCLEAR)) {
                assertThat(kinds(
                                write(),
                                arrived("c1", LAPTOP),
                                granted(),
                                executed("c1", LAPTOP, effect),
                                ended(Ending.FAILED)))
                        .containsExactly(Kind.FAILED_BUT_EXECUTED);
            }
            assertThat(kinds(
                            write(),
                            arrived("c1", LAPTOP),
                            granted(),
                            executed("c1", LAPTOP, Effect.REFUSED),
                            ended(Ending.FAILED)))
                    .isEmpty();
        }

        @Test
        void doneThoughNobodyDidIt() {
            assertThat(kinds(write(), arrived("c1", LAPTOP), ended(Ending.DONE)))
                    .containsExactly(Kind.DONE_BUT_NOT_EXECUTED);
            assertThat(kinds(
                            write(),
                            arrived("c1", LAPTOP),
                            granted(),
                            executed("c1", LAPTOP, Effect.UNCLEAR),
                            ended(Ending.DONE)))
                    .containsExactly(Kind.DONE_BUT_NOT_EXECUTED);
        }

        @Test
        void aReadThatIsDoneWithoutAResult() {
            assertThat(kinds(read(), arrived("c1", LAPTOP), executed("c1", LAPTOP, Effect.READ), ended(Ending.DONE)))
                    .containsExactly(Kind.DONE_BUT_NOT_EXECUTED);
        }

        @Test
        void unclearWithoutAClaim() {
            assertThat(kinds(
                            write(),
                            arrived("c1", LAPTOP),
                            claim("c1", LAPTOP, ClaimAnswer.REFUSED, 2 * SECOND),
                            ended(Ending.OUTCOME_UNKNOWN)))
                    .containsExactly(Kind.UNKNOWN_WITHOUT_CLAIM);
        }

        @Test
        void unclearMayBeWhatIsAnsweredTooLate() {
            assertThat(kinds(write(), arrived("c1", LAPTOP), endedAt(1, Ending.OUTCOME_UNKNOWN, 21 * SECOND)))
                    .isEmpty();
            assertThat(kinds(write(), arrived("c1", LAPTOP), endedAt(1, Ending.OUTCOME_UNKNOWN, 19 * SECOND)))
                    .containsExactly(Kind.UNKNOWN_WITHOUT_CLAIM);
        }

        @Test
        void unclearThoughTheJournalHadToldTheEnd() {
            for (@Nullable String word : new @Nullable String[] {"done", "refused", null}) {
                assertThat(kinds(
                                write(),
                                arrived("c1", LAPTOP),
                                granted(),
                                journal(word, 3 * SECOND),
                                ended(Ending.OUTCOME_UNKNOWN)))
                        .containsExactly(Kind.UNKNOWN_AGAINST_JOURNAL);
            }
            assertThat(kinds(
                            write(),
                            arrived("c1", LAPTOP),
                            granted(),
                            journal("done", 9 * SECOND),
                            ended(Ending.OUTCOME_UNKNOWN)))
                    .isEmpty();
        }
    }

    @Nested
    class Ends {
        @Test
        void never() {
            assertThat(kinds(write())).containsExactly(Kind.NOT_ENDED_ONCE);
        }

        @Test
        void twice() {
            assertThat(kinds(write(), arrived("c1", LAPTOP), ended(Ending.NOT_DELIVERED), ended(Ending.NOT_DELIVERED)))
                    .containsExactly(Kind.NOT_ENDED_ONCE);
        }

        @Test
        void asNothingThatTheServiceMayAnswer() {
            for (Ending ending : List.of(Ending.BROKEN, Ending.NOT_DELIVERED)) {
                assertThat(kinds(write(), new CallEnded("e1", 1, ending, null, "another id", SECOND)))
                        .containsExactly(Kind.NOT_ENDED_ONCE);
            }
        }
    }
}
