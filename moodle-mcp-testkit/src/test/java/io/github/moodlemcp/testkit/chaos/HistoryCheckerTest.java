package io.github.moodlemcp.testkit.chaos;

import static io.github.moodlemcp.testkit.chaos.Histories.BENS;
import static io.github.moodlemcp.testkit.chaos.Histories.LAPTOP;
import static io.github.moodlemcp.testkit.chaos.Histories.LAPTOP_LATER;
import static io.github.moodlemcp.testkit.chaos.Histories.PATIENCE;
import static io.github.moodlemcp.testkit.chaos.Histories.PHONE;
import static io.github.moodlemcp.testkit.chaos.Histories.SECOND;
import static io.github.moodlemcp.testkit.chaos.Histories.arrived;
import static io.github.moodlemcp.testkit.chaos.Histories.claim;
import static io.github.moodlemcp.testkit.chaos.Histories.doneWith;
import static io.github.moodlemcp.testkit.chaos.Histories.ended;
import static io.github.moodlemcp.testkit.chaos.Histories.endedAt;
import static io.github.moodlemcp.testkit.chaos.Histories.executed;
import static io.github.moodlemcp.testkit.chaos.Histories.granted;
import static io.github.moodlemcp.testkit.chaos.Histories.journal;
import static io.github.moodlemcp.testkit.chaos.Histories.keyed;
import static io.github.moodlemcp.testkit.chaos.Histories.kinds;
import static io.github.moodlemcp.testkit.chaos.Histories.read;
import static io.github.moodlemcp.testkit.chaos.Histories.replied;
import static io.github.moodlemcp.testkit.chaos.Histories.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.testkit.chaos.Event.CallBegun;
import io.github.moodlemcp.testkit.chaos.Event.CallEnded;
import io.github.moodlemcp.testkit.chaos.Event.ClaimAnswer;
import io.github.moodlemcp.testkit.chaos.Event.CommandArrived;
import io.github.moodlemcp.testkit.chaos.Event.CommandExecuted;
import io.github.moodlemcp.testkit.chaos.Event.Receipt;
import io.github.moodlemcp.testkit.chaos.Violation.Kind;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HistoryCheckerTest {
    @Nested
    @DisplayName("a good history breaks no rule")
    class Good {
        @Test
        void aReadAndAWrite() {
            assertThat(kinds(
                            read(),
                            arrived("c1", LAPTOP),
                            executed("c1", LAPTOP, Effect.READ),
                            replied("c1", LAPTOP, "n1"),
                            doneWith(LAPTOP, "c1", "n1")))
                    .isEmpty();
            assertThat(kinds(
                            write(),
                            arrived("c1", LAPTOP),
                            granted(),
                            executed("c1", LAPTOP, Effect.WRITTEN),
                            replied("c1", LAPTOP, "n1"),
                            doneWith(LAPTOP, "c1", "n1")))
                    .isEmpty();
        }

        @Test
        void forgedAndDoubledRepliesThatWereNotTaken() {
            assertThat(kinds(
                            read(),
                            arrived("c1", LAPTOP),
                            replied("c1", BENS, "forged"),
                            executed("c1", LAPTOP, Effect.READ),
                            replied("c1", LAPTOP, "n1"),
                            replied("c1", LAPTOP, "n2"),
                            doneWith(LAPTOP, "c1", "n1")))
                    .isEmpty();
        }

        @Test
        void aReadThatWasAnsweredTooLate() {
            assertThat(kinds(
                            read(),
                            arrived("c1", LAPTOP),
                            ended(Ending.NOT_DELIVERED),
                            executed("c1", LAPTOP, Effect.READ)))
                    .isEmpty();
        }

        @Test
        void aRepeatedKeyThatRanOnceAtTheBrowserOfTheFirst() {
            assertThat(kinds(
                            keyed("e1", 1, "laptop", 0),
                            arrived("c1", LAPTOP),
                            granted(),
                            executed("c1", LAPTOP, Effect.WRITTEN),
                            replied("c1", LAPTOP, "n1"),
                            doneWith(LAPTOP, "c1", "n1"),
                            keyed("e1", 2, "phone", 10 * SECOND),
                            endedAt(2, Ending.DONE, 11 * SECOND)))
                    .isEmpty();
        }

        @Test
        void aKeyWhoseFirstAttemptWasNotDelivered() {
            assertThat(kinds(
                            keyed("e1", 1, "laptop", 0),
                            endedAt(1, Ending.NOT_DELIVERED, SECOND),
                            keyed("e1", 2, "laptop", SECOND),
                            arrived("c1", LAPTOP),
                            granted(),
                            executed("c1", LAPTOP, Effect.WRITTEN),
                            endedAt(2, Ending.DONE, 3 * SECOND)))
                    .isEmpty();
        }

        @Test
        void endingsThatLeaveItOpen() {
            assertThat(kinds(write(), arrived("c1", LAPTOP), granted(), ended(Ending.OUTCOME_UNKNOWN)))
                    .isEmpty();
            assertThat(kinds(
                            write(),
                            arrived("c1", LAPTOP),
                            claim("c1", LAPTOP, ClaimAnswer.LOST, 2 * SECOND),
                            journal("claimed", 3 * SECOND),
                            ended(Ending.OUTCOME_UNKNOWN)))
                    .isEmpty();
            assertThat(kinds(write(), arrived("c1", LAPTOP), ended(Ending.LEFT)))
                    .isEmpty();
            assertThat(kinds(write(), arrived("c1", LAPTOP), ended(Ending.WAITING_FOR_APPROVAL)))
                    .isEmpty();
        }
    }

    @Nested
    class Misrouted {
        @Test
        void aCommandForAnotherAccount() {
            assertThat(kinds(read(), arrived("c1", BENS), ended(Ending.NOT_DELIVERED)))
                    .containsExactly(Kind.MISROUTED);
        }

        @Test
        void aCommandForAnotherBrowserThanTheNamedOne() {
            assertThat(kinds(read(), arrived("c1", PHONE), ended(Ending.NOT_DELIVERED)))
                    .containsExactly(Kind.MISROUTED);
        }

        @Test
        void aCommandOfNobody() {
            assertThat(kinds(arrived("c1", LAPTOP))).containsExactly(Kind.MISROUTED);
        }

        @Test
        void anExecutionWhereTheCommandNeverCame() {
            assertThat(kinds(
                            read(),
                            arrived("c1", LAPTOP),
                            executed("c1", PHONE, Effect.READ),
                            ended(Ending.NOT_DELIVERED)))
                    .containsExactly(Kind.MISROUTED);
        }

        @Test
        void theReplyOfAnotherAccount() {
            assertThat(kinds(
                            read(),
                            arrived("c1", LAPTOP),
                            executed("c1", LAPTOP, Effect.READ),
                            replied("c1", BENS, "forged"),
                            doneWith(LAPTOP, "c1", "forged")))
                    .containsExactly(Kind.MISROUTED);
        }

        @Test
        void theReplyOfAnotherConnectionOfTheSameBrowser() {
            assertThat(kinds(
                            read(),
                            arrived("c1", LAPTOP),
                            executed("c1", LAPTOP, Effect.READ),
                            replied("c1", LAPTOP_LATER, "n1"),
                            doneWith(LAPTOP, "c1", "n1")))
                    .containsExactly(Kind.MISROUTED);
        }

        @Test
        void theResultOfAnotherErrand() {
            Receipt others = new Receipt("anna", "laptop", "c1", "e2", "n1");
            assertThat(kinds(
                            read(),
                            arrived("c1", LAPTOP),
                            executed("c1", LAPTOP, Effect.READ),
                            replied("c1", LAPTOP, "n1"),
                            new CallEnded("e1", 1, Ending.DONE, others, null, SECOND)))
                    .containsExactly(Kind.MISROUTED);
        }
    }

    @Nested
    class ExecutedTwice {
        @Test
        void oneCommand() {
            assertThat(kinds(
                            write(),
                            arrived("c1", LAPTOP),
                            granted(),
                            executed("c1", LAPTOP, Effect.WRITTEN),
                            executed("c1", LAPTOP, Effect.WRITTEN),
                            ended(Ending.DONE)))
                    .containsExactly(Kind.EXECUTED_TWICE);
        }

        @Test
        void oneCallAsTwoCommands() {
            assertThat(kinds(
                            read(),
                            arrived("c1", LAPTOP),
                            arrived("c2", LAPTOP),
                            executed("c1", LAPTOP, Effect.READ),
                            executed("c2", LAPTOP, Effect.READ),
                            replied("c1", LAPTOP, "n1"),
                            doneWith(LAPTOP, "c1", "n1")))
                    .containsExactly(Kind.EXECUTED_TWICE);
        }

        @Test
        void oneRequestKeyForTheSame() {
            assertThat(kinds(
                            keyed("e1", 1, "laptop", 0),
                            keyed("e1", 2, "phone", 0),
                            arrived("c1", LAPTOP),
                            arrived("c2", PHONE),
                            executed("c1", LAPTOP, Effect.WRITTEN),
                            executed("c2", PHONE, Effect.WRITTEN),
                            endedAt(1, Ending.DONE, SECOND),
                            endedAt(2, Ending.DONE, SECOND)))
                    .containsExactly(Kind.EXECUTED_TWICE);
        }

        @Test
        void oneRequestKeyForOtherArguments() {
            assertThat(kinds(
                            keyed("e1", 1, "laptop", 0),
                            arrived("c1", LAPTOP),
                            executed("c1", LAPTOP, Effect.WRITTEN),
                            endedAt(1, Ending.DONE, SECOND),
                            keyed("e2", 2, "laptop", SECOND),
                            new CommandArrived("e2", "c2", LAPTOP, 3_000, SECOND),
                            new CommandExecuted("e2", "c2", LAPTOP, Effect.WRITTEN, SECOND),
                            new CallEnded("e2", 2, Ending.DONE, null, null, SECOND)))
                    .containsExactly(Kind.EXECUTED_TWICE);
        }

        @Test
        void theSameKeyInAnotherAccountIsAnotherKey() {
            assertThat(kinds(
                            keyed("e1", 1, "laptop", 0),
                            arrived("c1", LAPTOP),
                            executed("c1", LAPTOP, Effect.WRITTEN),
                            endedAt(1, Ending.DONE, SECOND),
                            new CallBegun("e2", 2, "ben", "laptop", true, "key", 0),
                            new CommandArrived("e2", "c2", BENS, 3_000, SECOND),
                            new CommandExecuted("e2", "c2", BENS, Effect.WRITTEN, SECOND),
                            new CallEnded("e2", 2, Ending.DONE, null, null, SECOND)))
                    .isEmpty();
        }
    }

    @Test
    void theSameHistoryGivesTheSameAnswer() {
        List<Event> history = List.of(write(), arrived("c1", BENS), granted());

        assertThat(HistoryChecker.check(history, PATIENCE))
                .isEqualTo(HistoryChecker.check(history, PATIENCE))
                .hasSize(3);
    }
}
