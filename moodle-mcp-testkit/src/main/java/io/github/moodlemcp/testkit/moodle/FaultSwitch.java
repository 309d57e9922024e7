package io.github.moodlemcp.testkit.moodle;

import io.github.moodlemcp.testkit.moodle.DemoFault.Mode;
import io.github.moodlemcp.testkit.moodle.DemoFault.Target;
import java.time.Duration;
import java.util.Optional;

/** The fault that is on now, and what it answers. Safe for use by many threads. */
final class FaultSwitch {
    private DemoFault fault = DemoFault.none();

    synchronized void set(DemoFault next) {
        fault = next;
        notifyAll();
    }

    /** The mode that applies to the target at this moment. */
    synchronized Mode modeFor(Target target) {
        return fault.target() == Target.ALL || fault.target() == target ? fault.mode() : Mode.NONE;
    }

    /** Waits as long as a slow answer takes, or until another fault is set. */
    synchronized void awaitSlowAnswer() throws InterruptedException {
        DemoFault slow = fault;
        long end = System.nanoTime() + slow.delay().toNanos();
        for (long left = slow.delay().toNanos(); left > 0 && fault == slow; left = end - System.nanoTime()) {
            wait(Math.max(1, Duration.ofNanos(left).toMillis()));
        }
    }

    /** What is answered instead of the real answer, empty when the real one is due. */
    static Optional<WebAnswer> answerOf(Mode mode) {
        return switch (mode) {
            case NONE, SLOW, LOGIN_EVERYWHERE -> Optional.empty();
            case HTML_ERROR ->
                Optional.of(page(500, "Internal Server Error", "The server met an error and could not answer."));
            case EMPTY -> Optional.of(WebAnswer.html(200, ""));
            case MAINTENANCE ->
                Optional.of(page(503, "Site maintenance", "This site is undergoing maintenance. Try again later.")
                        .with("Retry-After", "300"));
            case WAF_403 -> Optional.of(page(403, "Request blocked", "The request was refused by the firewall."));
        };
    }

    private static WebAnswer page(int status, String title, String text) {
        return WebAnswer.html(status, """
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><title>%1$s</title></head>
                <body><h1>%1$s</h1><p>%2$s</p></body></html>
                """.formatted(title, text));
    }
}
