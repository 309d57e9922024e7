package io.github.moodlemcp.bridge;

import java.time.Duration;

/** A point on the monotonic clock after which nobody waits any longer; passed down, never restarted. */
public record Deadline(long nanoTime) {

    /** The deadline this long from now. */
    public static Deadline after(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** The time that is left; zero when it is over. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    /** Whether it is over. */
    public boolean isOver() {
        return nanoTime - System.nanoTime() <= 0;
    }

    /** This deadline, or the one this long from now if that is sooner. */
    public Deadline butAtMost(Duration duration) {
        Deadline other = after(duration);
        return other.nanoTime - nanoTime < 0 ? other : this;
    }
}
