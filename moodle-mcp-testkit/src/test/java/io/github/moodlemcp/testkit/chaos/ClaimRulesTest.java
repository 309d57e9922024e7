package io.github.moodlemcp.testkit.chaos;

import static io.github.moodlemcp.testkit.chaos.Histories.BENS;
import static io.github.moodlemcp.testkit.chaos.Histories.LAPTOP;
import static io.github.moodlemcp.testkit.chaos.Histories.SECOND;
import static io.github.moodlemcp.testkit.chaos.Histories.arrived;
import static io.github.moodlemcp.testkit.chaos.Histories.claim;
import static io.github.moodlemcp.testkit.chaos.Histories.ended;
import static io.github.moodlemcp.testkit.chaos.Histories.endedAt;
import static io.github.moodlemcp.testkit.chaos.Histories.granted;
import static io.github.moodlemcp.testkit.chaos.Histories.kinds;
import static io.github.moodlemcp.testkit.chaos.Histories.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.testkit.chaos.Event.CallEnded;
import io.github.moodlemcp.testkit.chaos.Event.CancelArrived;
import io.github.moodlemcp.testkit.chaos.Event.ClaimAnswer;
import io.github.moodlemcp.testkit.chaos.Event.CommandArrived;
import io.github.moodlemcp.testkit.chaos.Violation.Kind;
import org.junit.jupiter.api.Test;

class ClaimRulesTest {
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
