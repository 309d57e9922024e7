package io.github.moodlemcp.testkit.moodle;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What the demo Moodle does wrong until told otherwise.
 *
 * @param delay how long {@link Mode#SLOW} waits before it answers, positive; the other modes do not use it
 */
public record DemoFault(Mode mode, Target target, Duration delay) {
    /** The default delay of {@link Mode#SLOW}. */
    public static final Duration DEFAULT_DELAY = Duration.ofSeconds(5);

    /** The kinds of fault. */
    public enum Mode {
        /** Works as it should. */
        NONE,
        /** Answers 500 with an HTML page, as a broken server behind a proxy does. */
        HTML_ERROR,
        /** Answers 200 with nothing, as a script that died does. */
        EMPTY,
        /** Answers 503 with Moodle's maintenance page. */
        MAINTENANCE,
        /** Answers correctly but late. */
        SLOW,
        /** Behaves as if nobody were logged in; the sessions survive. */
        LOGIN_EVERYWHERE,
        /** Answers 403 with an HTML page, as a web application firewall does. */
        WAF_403
    }

    /** Where a fault shows. */
    public enum Target {
        /** Pages and {@code service.php}. */
        ALL,
        /** Only {@code service.php}. */
        AJAX,
        /** Only pages. */
        PAGES
    }

    /** Checks the parts. */
    public DemoFault {
        requireNonNull(mode, "mode");
        requireNonNull(target, "target");
        if (delay.isNegative() || delay.isZero()) {
            throw new IllegalArgumentException("delay is " + delay + ": it must be positive");
        }
    }

    /** No fault. */
    public static DemoFault none() {
        return of(Mode.NONE);
    }

    /** The fault everywhere, with the default delay. */
    public static DemoFault of(Mode mode) {
        return new DemoFault(mode, Target.ALL, DEFAULT_DELAY);
    }

    /** Late answers everywhere. */
    public static DemoFault slow(Duration delay) {
        return new DemoFault(Mode.SLOW, Target.ALL, delay);
    }

    /** The same fault, only there. */
    public DemoFault only(Target where) {
        return new DemoFault(mode, where, delay);
    }
}
