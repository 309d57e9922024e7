package io.github.moodlemcp.testkit.chaos;

import io.github.moodlemcp.testkit.chaos.Event.BrowserStood;
import io.github.moodlemcp.testkit.chaos.Event.CallBegun;
import io.github.moodlemcp.testkit.chaos.Event.CallEnded;
import io.github.moodlemcp.testkit.chaos.Event.ClaimAnswer;
import io.github.moodlemcp.testkit.chaos.Event.ClaimAnswered;
import io.github.moodlemcp.testkit.chaos.Event.CommandArrived;
import io.github.moodlemcp.testkit.chaos.Event.CommandExecuted;
import io.github.moodlemcp.testkit.chaos.Event.Receipt;
import io.github.moodlemcp.testkit.chaos.Violation.Kind;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Every call ends once, and what it is told is true. */
final class EndingRules {
    /** How long the service may take to make use of a journal that lists the command. */
    private static final long LISTED_MARGIN = TimeUnit.SECONDS.toNanos(2);

    /** The same for one that does not, for which it may wait whether the command is still on its way. */
    private static final long UNLISTED_MARGIN = TimeUnit.SECONDS.toNanos(5);

    /** How long the service may take to make a browser reachable that it has welcomed. */
    private static final long REGISTER_MARGIN = TimeUnit.SECONDS.toNanos(1);

    private EndingRules() {}

    static void check(ErrandHistory errand, Duration patience, List<Violation> violations) {
        Map<Long, CallEnded> endings = new HashMap<>();
        for (CallEnded ended : errand.ended) {
            if (endings.put(ended.call(), ended) != null || ended.problem() != null) {
                violations.add(new Violation(
                        Kind.NOT_ENDED_ONCE,
                        errand.name,
                        "call " + ended.call() + " ended as " + ended.ending().word()
                                + (ended.problem() == null ? "" : ": " + ended.problem())));
            }
        }
        for (CallBegun call : errand.begun) {
            CallEnded ended = endings.get(call.call());
            if (ended == null) {
                violations.add(new Violation(Kind.NOT_ENDED_ONCE, errand.name, "call " + call.call() + " never ended"));
            } else {
                checkTruth(errand, call, ended, violations);
                if (ended.ending() == Ending.OUTCOME_UNKNOWN && ended.at() - call.at() < patience.toNanos()) {
                    checkUnknown(errand, call, ended, violations);
                }
            }
        }
    }

    private static void checkTruth(ErrandHistory errand, CallBegun call, CallEnded ended, List<Violation> violations) {
        switch (ended.ending()) {
            case DONE -> checkDone(errand, call, ended.receipt(), violations);
            case NOT_DELIVERED -> {
                if (call.isWrite() && hasActedDespite(errand, call)) {
                    add(violations, Kind.NOT_DELIVERED_BUT_EXECUTED, errand, call);
                }
                if (errand.claims.stream().anyMatch(claim -> isGrantedDespite(errand, claim, ended))) {
                    add(violations, Kind.NOT_DELIVERED_AFTER_CLAIM, errand, call);
                }
                if (errand.begun.size() == 1
                        && errand.arrivals.isEmpty()
                        && errand.stood.stream().anyMatch(stood -> hasStood(stood, call))) {
                    add(violations, Kind.CONNECTED_BUT_NOT_REACHED, errand, call);
                }
            }
            case REJECTED -> {
                if (call.isWrite() && !errand.executions.isEmpty()) {
                    add(violations, Kind.REJECTED_BUT_EXECUTED, errand, call);
                }
            }
            case FAILED -> {
                if (errand.executions.stream().anyMatch(EndingRules::mayHaveWritten)) {
                    add(violations, Kind.FAILED_BUT_EXECUTED, errand, call);
                }
            }
            case OUTCOME_UNKNOWN, WAITING_FOR_APPROVAL, LEFT, BROKEN -> {}
        }
    }

    private static void checkDone(
            ErrandHistory errand, CallBegun call, @Nullable Receipt receipt, List<Violation> violations) {
        boolean isExecuted = errand.executions.stream()
                .anyMatch(executed -> executed.effect() == (call.isWrite() ? Effect.WRITTEN : Effect.READ));
        if (!isExecuted || receipt == null && !call.isWrite()) {
            add(violations, Kind.DONE_BUT_NOT_EXECUTED, errand, call);
        }
        if (receipt != null && !isTrue(errand, call, receipt)) {
            violations.add(new Violation(
                    Kind.MISROUTED, errand.name, "call " + call.call() + " was answered with " + receipt));
        }
    }

    /** Whether the result was sent for the call's command, from the connection the command came on, which executed it. */
    private static boolean isTrue(ErrandHistory errand, CallBegun call, Receipt receipt) {
        return receipt.errand().equals(errand.name)
                && receipt.account().equals(call.account())
                && errand.replies.stream()
                        .filter(reply -> reply.nonce().equals(receipt.nonce())
                                && reply.command().equals(receipt.command())
                                && reply.place().browser().equals(receipt.browser())
                                && reply.place().account().equals(receipt.account()))
                        .anyMatch(reply -> errand.arrivals.stream()
                                .anyMatch(arrived -> arrived.command().equals(reply.command())
                                        && arrived.place().equals(reply.place())
                                        && isForCall(errand, call, arrived)));
    }

    /** A call that repeats another's request key gets what the other's browser did. */
    private static boolean isForCall(ErrandHistory errand, CallBegun call, CommandArrived arrived) {
        return HistoryChecker.isBound(call, arrived.place())
                || call.requestKey() != null
                        && errand.begun.stream().anyMatch(other -> HistoryChecker.isBound(other, arrived.place()));
    }

    /**
     * Whether a write was begun though the call was told otherwise. Of calls that share a request key, one may be told that
     * its attempt was not delivered while a later one's is; but not after it was begun, and not all of them.
     */
    private static boolean hasActedDespite(ErrandHistory errand, CallBegun call) {
        boolean allSaySo = errand.ended.stream().allMatch(ended -> ended.ending() == Ending.NOT_DELIVERED);
        return errand.executions.stream().anyMatch(executed -> allSaySo || executed.at() < call.at());
    }

    /**
     * Whether the service had granted a claim of the errand before it called the errand not delivered, without a reason: the
     * command was not cancelled, and no journal was shown that lacks it. Of calls that share a request key, it is not known
     * which of them the claim was for.
     */
    private static boolean isGrantedDespite(ErrandHistory errand, ClaimAnswered claim, CallEnded ended) {
        return claim.answer() == ClaimAnswer.GRANTED
                && claim.askedAt() < ended.at()
                && errand.begun.stream().allMatch(call -> call.requestKey() == null)
                && errand.cancels.isEmpty()
                && errand.journal.stream().noneMatch(shown -> shown.begunAt() < ended.at());
    }

    private static boolean hasStood(BrowserStood stood, CallBegun call) {
        return stood.call() == call.call() && call.at() - stood.since() > REGISTER_MARGIN;
    }

    private static boolean mayHaveWritten(CommandExecuted executed) {
        return executed.effect() == Effect.WRITTEN || executed.effect() == Effect.UNCLEAR;
    }

    private static void checkUnknown(
            ErrandHistory errand, CallBegun call, CallEnded ended, List<Violation> violations) {
        List<ClaimAnswered> claims = errand.claims.stream()
                .filter(claim -> claim.answer() != ClaimAnswer.REFUSED)
                .toList();
        if (claims.isEmpty()) {
            add(violations, Kind.UNKNOWN_WITHOUT_CLAIM, errand, call);
        } else if (claims.stream().allMatch(claim -> hasDecided(errand, claim, ended))) {
            add(violations, Kind.UNKNOWN_AGAINST_JOURNAL, errand, call);
        }
    }

    /** Whether the journal told in time what became of a command. */
    private static boolean hasDecided(ErrandHistory errand, ClaimAnswered claim, CallEnded ended) {
        return errand.journal.stream()
                .anyMatch(shown -> shown.command().equals(claim.command())
                        && !"claimed".equals(shown.word())
                        && ended.at() - shown.at() > (shown.word() == null ? UNLISTED_MARGIN : LISTED_MARGIN));
    }

    private static void add(List<Violation> violations, Kind kind, ErrandHistory errand, CallBegun call) {
        violations.add(new Violation(kind, errand.name, "call " + call.call() + ", executed: " + errand.executions));
    }
}
