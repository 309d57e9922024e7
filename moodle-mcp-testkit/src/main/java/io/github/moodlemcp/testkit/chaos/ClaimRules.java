package io.github.moodlemcp.testkit.chaos;

import io.github.moodlemcp.testkit.chaos.Event.CallEnded;
import io.github.moodlemcp.testkit.chaos.Event.CancelArrived;
import io.github.moodlemcp.testkit.chaos.Event.ClaimAnswer;
import io.github.moodlemcp.testkit.chaos.Event.ClaimAnswered;
import io.github.moodlemcp.testkit.chaos.Event.CommandArrived;
import io.github.moodlemcp.testkit.chaos.Violation.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A claim is granted once, where the command was sent, and never after its time or its cancellation. */
final class ClaimRules {
    /** How long the service may take to notice that a caller has left. */
    private static final long LEFT_MARGIN = TimeUnit.SECONDS.toNanos(10);

    private ClaimRules() {}

    static void check(ErrandHistory errand, List<Violation> violations) {
        Set<String> granted = new HashSet<>();
        for (ClaimAnswered claim : errand.claims) {
            if (claim.answer() != ClaimAnswer.GRANTED) {
                continue;
            }
            if (!granted.add(claim.command())) {
                violations.add(new Violation(Kind.GRANTED_TWICE, errand.name, "command " + claim.command()));
            }
            if (errand.arrivals.stream().noneMatch(arrived -> isOf(arrived, claim))) {
                violations.add(new Violation(Kind.GRANTED_ELSEWHERE, errand.name, "to " + claim.place()));
            }
            if (errand.cancels.stream().anyMatch(cancel -> isBefore(cancel, claim))) {
                violations.add(new Violation(Kind.GRANTED_AFTER_CANCEL, errand.name, "command " + claim.command()));
            }
            if (errand.arrivals.stream().anyMatch(arrived -> isOver(arrived, claim)) || isForNobody(errand, claim)) {
                violations.add(new Violation(Kind.GRANTED_TOO_LATE, errand.name, "command " + claim.command()));
            }
        }
    }

    private static boolean isOf(CommandArrived arrived, ClaimAnswered claim) {
        return arrived.command().equals(claim.command()) && arrived.place().equals(claim.place());
    }

    private static boolean isBefore(CancelArrived cancel, ClaimAnswered claim) {
        return cancel.command().equals(claim.command())
                && cancel.place().equals(claim.place())
                && cancel.at() < claim.askedAt();
    }

    /** The command's time began when it was sent, which was before it arrived. */
    private static boolean isOver(CommandArrived arrived, ClaimAnswered claim) {
        return arrived.command().equals(claim.command())
                && claim.askedAt() - arrived.at() > TimeUnit.MILLISECONDS.toNanos(arrived.remainingMillis());
    }

    /** Whether all its callers had left long before, without having been told that the person is asked. */
    private static boolean isForNobody(ErrandHistory errand, ClaimAnswered claim) {
        return errand.begun.size() == errand.ended.size()
                && errand.ended.stream().allMatch(ended -> hasLeftBefore(ended, claim));
    }

    private static boolean hasLeftBefore(CallEnded ended, ClaimAnswered claim) {
        return ended.ending() == Ending.LEFT && claim.askedAt() - ended.at() > LEFT_MARGIN;
    }
}
