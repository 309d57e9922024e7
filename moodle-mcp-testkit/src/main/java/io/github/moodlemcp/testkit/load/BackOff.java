package io.github.moodlemcp.testkit.load;

import java.time.Duration;
import java.util.Optional;

/** How long the extension waits before it connects again; see {@code docs/reference/bridge-protocol.md}. */
final class BackOff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration RESTART_SPREAD = Duration.ofSeconds(20);
    private static final Duration TOO_MANY_FRAMES = Duration.ofSeconds(60);
    private static final int MAX_DOUBLINGS = 16;

    private static final int SERVICE_RESTARTS = 1012;
    private static final int SUPERSEDED = 4409;
    private static final int VERSION_TOO_OLD = 4426;
    private static final int TOO_MANY = 4429;

    private BackOff() {}

    /**
     * The wait.
     *
     * @param code what the connection was closed with
     * @param attempt how many connections in a row failed before this one
     * @param random from 0 to below 1
     * @return nothing when it does not connect again by itself
     */
    static Optional<Duration> after(int code, int attempt, double random) {
        return switch (code) {
            case SUPERSEDED, VERSION_TOO_OLD -> Optional.empty();
            case TOO_MANY -> Optional.of(TOO_MANY_FRAMES);
            case SERVICE_RESTARTS -> Optional.of(part(RESTART_SPREAD, random));
            default -> {
                Duration longest = FIRST.multipliedBy(1L << Math.min(attempt, MAX_DOUBLINGS));
                yield Optional.of(part(longest.compareTo(LONGEST) < 0 ? longest : LONGEST, random));
            }
        };
    }

    private static Duration part(Duration whole, double random) {
        return Duration.ofNanos((long) (whole.toNanos() * random));
    }
}
