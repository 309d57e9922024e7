package io.github.moodlemcp.testkit.chaos;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What came of chaos.
 *
 * @param endings how many calls ended in which way
 * @param happenings how often what was done
 * @param violations how often which rule was broken; kept rules are absent
 * @param examples the first violations of each rule
 */
public record ChaosReport(
        Map<Ending, Long> endings,
        Map<Happening, Long> happenings,
        Map<Violation.Kind, Long> violations,
        List<Example> examples) {

    /**
     * A violation, and all that is known of its errand.
     *
     * @param history the events of the errand in the order they were noted
     */
    public record Example(Violation violation, List<Event> history) {
        public Example {
            requireNonNull(violation, "violation");
            history = List.copyOf(history);
        }

        Stream<String> lines() {
            return Stream.concat(
                    Stream.of("  " + violation.kind().word() + ", errand " + violation.errand() + ": "
                            + violation.text()),
                    history.stream().map(event -> "    " + event));
        }
    }

    public ChaosReport {
        endings = Collections.unmodifiableMap(new EnumMap<>(endings));
        happenings = Collections.unmodifiableMap(new EnumMap<>(happenings));
        violations = Map.copyOf(violations);
        examples = List.copyOf(examples);
    }

    /** How many calls were made. */
    public long calls() {
        return endings.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How often this rule was broken. */
    public long count(Violation.Kind kind) {
        return violations.getOrDefault(kind, 0L);
    }

    /** Whether every rule was kept. */
    public boolean isClean() {
        return violations.isEmpty();
    }

    /** For people: what happened, what was wrong, and last the two lines that matter most. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("calls: " + calls());
        endings.forEach((ending, count) -> lines.add("  " + ending.word() + ": " + count));
        lines.add("what was done to the service:");
        happenings.forEach((happening, count) -> lines.add("  " + happening.word() + ": " + count));
        violations.forEach((kind, count) -> lines.add("broken: " + kind.word() + ": " + count));
        examples.stream().flatMap(Example::lines).forEach(lines::add);
        lines.add("misrouted: " + count(Violation.Kind.MISROUTED));
        lines.add("executed twice: " + count(Violation.Kind.EXECUTED_TWICE));
        return lines;
    }
}
