package io.github.moodlemcp.testkit.moodle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was asked of the demo Moodle, counted; nothing of bodies, cookies or query strings.
 *
 * @param attempts how often a page of a quiz attempt was asked for, which nothing of this project may do
 */
public record DemoTraffic(List<Request> requests, List<Function> functions, int attempts) {
    /** Copies the lists. */
    public DemoTraffic {
        requests = List.copyOf(requests);
        functions = List.copyOf(functions);
    }

    /**
     * Equal requests.
     *
     * @param path the whole path, with that of the site
     * @param origin the Origin header, null when there was none
     */
    public record Request(
            String method, String path, @Nullable String origin, int count) {}

    /**
     * Calls of one function of {@code service.php} or {@code service-nologin.php}.
     *
     * @param prolonging whether the calls prolonged the session, so false with {@code nosessionupdate}
     */
    public record Function(String name, boolean prolonging, int count) {}

    /** How many requests had this method and this path, whatever their origin. */
    public int count(String method, String path) {
        return requests.stream()
                .filter(request ->
                        request.method().equals(method) && request.path().equals(path))
                .mapToInt(Request::count)
                .sum();
    }

    /** How often this function was called. */
    public int calls(String function) {
        return functions.stream()
                .filter(call -> call.name().equals(function))
                .mapToInt(Function::count)
                .sum();
    }
}
