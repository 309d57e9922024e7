package io.github.moodlemcp.testkit.moodle;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Counts requests; different ones beyond {@link #CAPACITY} are not told apart. Safe for use by many threads. */
final class TrafficRecorder {
    private static final int CAPACITY = 2_000;
    private static final Set<String> ATTEMPT_PATHS = Set.of(
            "/mod/quiz/startattempt.php",
            "/mod/quiz/attempt.php",
            "/mod/quiz/summary.php",
            "/mod/quiz/processattempt.php",
            "/mod/quiz/autosave.ajax.php");

    private final Map<DemoTraffic.Request, Integer> requests = new LinkedHashMap<>();
    private final Map<DemoTraffic.Function, Integer> functions = new LinkedHashMap<>();
    private int attempts;

    static boolean isAttempt(String pathBelowWwwroot) {
        return ATTEMPT_PATHS.contains(pathBelowWwwroot);
    }

    synchronized void request(WebRequest request) {
        count(requests, new DemoTraffic.Request(request.method(), request.path(), request.origin(), 0));
    }

    synchronized void attempt() {
        attempts++;
    }

    synchronized void function(String name, boolean prolonging) {
        count(functions, new DemoTraffic.Function(name, prolonging, 0));
    }

    synchronized void forget() {
        requests.clear();
        functions.clear();
        attempts = 0;
    }

    synchronized DemoTraffic snapshot() {
        return new DemoTraffic(
                requests.entrySet().stream()
                        .map(entry -> {
                            DemoTraffic.Request request = entry.getKey();
                            return new DemoTraffic.Request(
                                    request.method(), request.path(), request.origin(), entry.getValue());
                        })
                        .toList(),
                functions.entrySet().stream()
                        .map(entry -> new DemoTraffic.Function(
                                entry.getKey().name(), entry.getKey().prolonging(), entry.getValue()))
                        .toList(),
                attempts);
    }

    private static <K> void count(Map<K, Integer> counts, K key) {
        if (counts.size() < CAPACITY || counts.containsKey(key)) {
            counts.merge(key, 1, Integer::sum);
        }
    }
}
