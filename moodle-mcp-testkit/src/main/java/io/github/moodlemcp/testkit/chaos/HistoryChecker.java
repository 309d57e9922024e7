package io.github.moodlemcp.testkit.chaos;

import io.github.moodlemcp.testkit.chaos.Event.CallBegun;
import io.github.moodlemcp.testkit.chaos.Event.CommandArrived;
import io.github.moodlemcp.testkit.chaos.Event.CommandExecuted;
import io.github.moodlemcp.testkit.chaos.Event.Place;
import io.github.moodlemcp.testkit.chaos.Violation.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says of a recorded history which rules it breaks: every result came from an execution on a browser bound to the caller,
 * for that very command, at most once, and every ending tells the truth. It looks at the history alone, and gives the same
 * answer each time.
 *
 * <p>The history must be whole: for each errand in it, all that callers and extensions ever did for it.
 */
public final class HistoryChecker {
    private HistoryChecker() {}

    /**
     * The violations, by errand in the order of their first events; none when every rule was kept.
     *
     * @param patience how long the service takes for a call at most when it has the time it needs; what it answers later, it
     *     may always call unclear
     */
    public static List<Violation> check(Collection<? extends Event> history, Duration patience) {
        Map<String, ErrandHistory> errands = new LinkedHashMap<>();
        for (Event event : history) {
            errands.computeIfAbsent(event.errand(), ErrandHistory::new).add(event);
        }
        List<Violation> violations = new ArrayList<>();
        for (ErrandHistory errand : errands.values()) {
            checkRouting(errand, violations);
            checkExecutions(errand, violations);
            ClaimRules.check(errand, violations);
            EndingRules.check(errand, patience, violations);
        }
        checkRequestKeys(errands.values(), violations);
        return violations;
    }

    private static void checkRouting(ErrandHistory errand, List<Violation> violations) {
        for (CommandArrived arrived : errand.arrivals) {
            if (!isBound(errand, arrived.place())) {
                violations.add(new Violation(
                        Kind.MISROUTED,
                        errand.name,
                        "the command reached " + arrived.place() + " of nobody who called"));
            }
        }
        for (CommandExecuted executed : errand.executions) {
            if (errand.arrivals.stream().noneMatch(arrived -> isOf(arrived, executed))) {
                violations.add(new Violation(
                        Kind.MISROUTED,
                        errand.name,
                        "executed at " + executed.place() + ", where the command never came"));
            }
        }
    }

    /** Whether a caller of the errand may have its commands carried out there. */
    private static boolean isBound(ErrandHistory errand, Place place) {
        return errand.begun.stream().anyMatch(call -> isBound(call, place));
    }

    static boolean isBound(CallBegun call, Place place) {
        return call.account().equals(place.account())
                && (call.browser() == null || call.browser().equals(place.browser()));
    }

    private static boolean isOf(CommandArrived arrived, CommandExecuted executed) {
        return arrived.command().equals(executed.command()) && arrived.place().equals(executed.place());
    }

    /** A command runs once, and an errand without a request key is one command. */
    private static void checkExecutions(ErrandHistory errand, List<Violation> violations) {
        Map<String, Integer> times = new LinkedHashMap<>();
        errand.executions.forEach(executed -> times.merge(executed.command(), 1, Integer::sum));
        times.forEach((command, count) -> {
            if (count > 1) {
                violations.add(new Violation(
                        Kind.EXECUTED_TWICE, errand.name, "command " + command + " was executed " + count + " times"));
            }
        });
        if (times.size() > 1 && errand.begun.stream().allMatch(call -> call.requestKey() == null)) {
            violations.add(new Violation(
                    Kind.EXECUTED_TWICE, errand.name, "one call was executed as the commands " + times.keySet()));
        }
    }

    /** What has a request key in an account runs once, whatever the arguments and the browser. */
    private static void checkRequestKeys(Collection<ErrandHistory> errands, List<Violation> violations) {
        Map<List<String>, Map<String, String>> executed = new LinkedHashMap<>();
        for (ErrandHistory errand : errands) {
            errand.begun.stream()
                    .filter(call -> call.requestKey() != null)
                    .map(call -> List.of(call.account(), String.valueOf(call.requestKey())))
                    .distinct()
                    .forEach(key -> errand.executions.forEach(
                            execution -> executed.computeIfAbsent(key, first -> new LinkedHashMap<>())
                                    .put(execution.command(), errand.name)));
        }
        executed.forEach((key, commands) -> {
            if (commands.size() > 1) {
                violations.add(new Violation(
                        Kind.EXECUTED_TWICE,
                        commands.values().iterator().next(),
                        "the request key " + key + " was executed as " + commands));
            }
        });
    }
}
