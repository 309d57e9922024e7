package io.github.moodlemcp.testkit.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.moodlemcp.testkit.moodle.DemoFault.Mode;
import io.github.moodlemcp.testkit.moodle.DemoFault.Target;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code /demo/…}: the controls, for tests in another process. Pages of other sites are refused. */
final class ControlEndpoint {
    static final String PREFIX = "/demo/";

    private static final int LONGEST_DELAY_MILLIS = 600_000;

    private final String ownOrigin;
    private final String ownAuthority;
    private final FaultSwitch faults;
    private final SessionStore sessions;
    private final TrafficRecorder traffic;

    ControlEndpoint(DemoSite site, FaultSwitch faults, SessionStore sessions, TrafficRecorder traffic) {
        this.ownAuthority = site.wwwroot().getAuthority();
        this.ownOrigin = "http://" + ownAuthority;
        this.faults = faults;
        this.sessions = sessions;
        this.traffic = traffic;
    }

    WebAnswer answer(WebRequest request) {
        boolean foreign = request.origin() != null && !request.origin().equals(ownOrigin);
        if (foreign || !request.host().equals(ownAuthority)) {
            return refusal(403, "Another site may not use the controls. Call them from a test or a shell instead.");
        }
        return switch (request.method() + " " + request.path().substring(PREFIX.length())) {
            case "POST fault" -> fault(PhpJson.read(request.body()));
            case "POST rotate-sesskey" -> {
                sessions.rotateSesskeys();
                yield done();
            }
            case "POST logout-all" -> {
                sessions.logOutEverybody();
                yield done();
            }
            case "GET requests" -> WebAnswer.json(200, PhpJson.tree(traffic.snapshot()));
            case "DELETE requests" -> {
                traffic.forget();
                yield done();
            }
            default ->
                refusal(
                        404,
                        "There is no such control. Use POST fault, POST rotate-sesskey, POST logout-all,"
                                + " GET requests or DELETE requests.");
        };
    }

    private WebAnswer fault(@Nullable JsonNode wish) {
        if (wish == null) {
            return refusal(400, "The body is not JSON. Send {\"mode\": \"none\"}, for example.");
        }
        try {
            Mode mode = Mode.valueOf(wish.path("mode").asText().toUpperCase(Locale.ROOT));
            Target target = Target.valueOf(wish.path("target").asText("all").toUpperCase(Locale.ROOT));
            int millis = wish.path("millis").asInt((int) DemoFault.DEFAULT_DELAY.toMillis());
            if (millis < 1 || millis > LONGEST_DELAY_MILLIS) {
                return refusal(400, "millis is out of range. Send 1 to " + LONGEST_DELAY_MILLIS + ".");
            }
            faults.set(new DemoFault(mode, target, Duration.ofMillis(millis)));
            return done();
        } catch (IllegalArgumentException unknown) {
            return refusal(
                    400,
                    "The mode or target is unknown. Modes: " + names(Mode.values()) + "; targets: "
                            + names(Target.values()) + ".");
        }
    }

    private static String names(Enum<?>[] values) {
        return String.join(
                ", ",
                Arrays.stream(values)
                        .map(value -> value.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    private static WebAnswer done() {
        return WebAnswer.json(200, PhpJson.object().put("done", true));
    }

    private static WebAnswer refusal(int status, String text) {
        return WebAnswer.json(status, PhpJson.object().put("error", text));
    }
}
