package io.github.moodlemcp.server.write;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long what of a write may take.
 *
 * @param approvalWait how long a call waits for the person's decision before it answers that it waits
 * @param approvalTime how long the person may take to decide
 */
public record WriteTimes(Duration approvalWait, Duration approvalTime) {

    /** What a write may take beside its person: its turn, and Moodle. */
    private static final Duration ACTING = Duration.ofSeconds(60);

    public WriteTimes {
        requireNonNull(approvalWait, "approvalWait");
        requireNonNull(approvalTime, "approvalTime");
    }

    /** How long a write may take from its sending to its end. */
    public Duration whole() {
        return approvalTime.plus(ACTING);
    }
}
