package io.github.moodlemcp.testkit.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.testkit.chaos.Event.BrowserStood;
import io.github.moodlemcp.testkit.chaos.Event.CallBegun;
import io.github.moodlemcp.testkit.chaos.Event.CallEnded;
import io.github.moodlemcp.testkit.chaos.Event.CancelArrived;
import io.github.moodlemcp.testkit.chaos.Event.ClaimAnswer;
import io.github.moodlemcp.testkit.chaos.Event.ClaimAnswered;
import io.github.moodlemcp.testkit.chaos.Event.CommandArrived;
import io.github.moodlemcp.testkit.chaos.Event.CommandExecuted;
import io.github.moodlemcp.testkit.chaos.Event.JournalShown;
import io.github.moodlemcp.testkit.chaos.Event.Place;
import io.github.moodlemcp.testkit.chaos.Event.Receipt;
import io.github.moodlemcp.testkit.chaos.Event.ReplySent;
import io.github.moodlemcp.testkit.chaos.Violation.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HistoryCheckerTest {
    private static final Place LAPTOP = new Place("anna", "laptop", 1);
    private static final Place LAPTOP_LATER = new Place("anna", "laptop", 2);
    private static final Place PHONE = new Place("anna", "phone", 3);
    private static final Place BENS = new Place("ben", "laptop", 4);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private static List<Kind> kinds(Event... history) {
        return HistoryChecker.check(List.of(history), PATIENCE).stream()
                .map(Violation::kind)
                .toList();
    }

    private static CallBegun read() {
        return new CallBegun("e1", 1, "anna", "laptop", false, null, 0);
    }

    private static CallBegun write() {
        return new CallBegun("e1", 1, "anna", "laptop", true, null, 0);
    }

    private static CallBegun keyed(String errand, long call, String browser, long at) {
        return new CallBegun(errand, call, "anna", browser, true, "key", at);
    }

    private static CallEnded ended(Ending ending) {
        return endedAt(1, ending, 9 * SECOND);
    }

    private static CallEnded endedAt(long call, Ending ending, long at) {
        return new CallEnded("e1", call, ending, null, null, at);
    }

    private static CallEnded doneWith(Place place, String command, String nonce) {
        Receipt receipt = new Receipt(place.account(), place.browser(), command, "e1", nonce);
        return new CallEnded("e1", 1, Ending.DONE, receipt, null, 9 * SECOND);
    }

    private static CommandArrived arrived(String command, Place place) {
        return new CommandArrived("e1", command, place, 3_000, SECOND);
    }

    private static CommandExecuted executed(String command, Place place, Effect effect) {
        return new CommandExecuted("e1", command, place, effect, 2 * SECOND);
    }

    private static ReplySent replied(String command, Place place, String nonce) {
        return new ReplySent("e1", command, place, nonce);
    }

    private static ClaimAnswered claim(String command, Place place, ClaimAnswer answer, long askedAt) {
        return new ClaimAnswered("e1", command, place, answer, askedAt);
    }

    private static ClaimAnswered granted() {
        return claim("c1", LAPTOP, ClaimAnswer.GRANTED, 2 * SECOND);
    }

    private static JournalShown journal(@Nullable String word, long at) {
        return new JournalShown("e1", "c1", LAPTOP_LATER, word, at - SECOND, at);
    }

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

    @Nested
    class Claims {
        @Test
        void grantedTwice() {
            assertThat(kinds(write(), arrived("c1", LAPTOP), granted(), granted(), ended(Ending.OUTCOME_UNKNOWN)))
                    .containsExactly(Kind.GRANTED_TWICE);
        }

        @Test
        void grantedElsewhere() {
            assertThat(kinds(
                            write(),
                            arrived("c1", LAPTOP),
                            claim("c1", BENS, ClaimAnswer.GRANTED, 2 * SECOND),
                            ended(Ending.OUTCOME_UNKNOWN)))
                    .containsExactly(Kind.GRANTED_ELSEWHERE);
        }

        @Test
        void grantedAfterTheCancellation() {
            CancelArrived cancelled = new CancelArrived("e1", "c1", LAPTOP, SECOND);
            assertThat(kinds(write(), arrived("c1", LAPTOP), cancelled, granted(), ended(Ending.OUTCOME_UNKNOWN)))
                    .containsExactly(Kind.GRANTED_AFTER_CANCEL);
            CancelArrived crossed = new CancelArrived("e1", "c1", LAPTOP, 3 * SECOND);
            assertThat(kinds(write(), arrived("c1", LAPTOP), granted(), crossed, ended(Ending.OUTCOME_UNKNOWN)))
                    .isEmpty();
        }

        @Test
        void grantedAfterTheTimeOfTheCommand() {
            assertThat(kinds(
                            write(),
                            arrived("c1", LAPTOP),
                            claim("c1", LAPTOP, ClaimAnswer.GRANTED, 5 * SECOND),
                            ended(Ending.OUTCOME_UNKNOWN)))
                    .containsExactly(Kind.GRANTED_TOO_LATE);
        }

        @Test
        void grantedLongAfterTheCallerHadLeft() {
            CommandArrived patient = new CommandArrived("e1", "c1", LAPTOP, 60_000, SECOND);
            CallEnded left = endedAt(1, Ending.LEFT, SECOND);
            assertThat(kinds(write(), patient, left, claim("c1", LAPTOP, ClaimAnswer.GRANTED, 12 * SECOND)))
                    .containsExactly(Kind.GRANTED_TOO_LATE);
            assertThat(kinds(write(), patient, left, claim("c1", LAPTOP, ClaimAnswer.GRANTED, 2 * SECOND)))
                    .isEmpty();
        }
    }

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

    @Test
    void theSameHistoryGivesTheSameAnswer() {
        List<Event> history = List.of(write(), arrived("c1", BENS), granted());

        assertThat(HistoryChecker.check(history, PATIENCE))
                .isEqualTo(HistoryChecker.check(history, PATIENCE))
                .hasSize(3);
    }
}
