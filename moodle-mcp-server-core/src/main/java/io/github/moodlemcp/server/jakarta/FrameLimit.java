package io.github.moodlemcp.server.jakarta;

import java.util.concurrent.TimeUnit;

/**
 * Counts the frames of one connection over the last 60 seconds, exactly: it keeps the times of as many as close the
 * connection. Safe for use by many threads.
 */
final class FrameLimit {
    private static final long WINDOW = TimeUnit.SECONDS.toNanos(60);

    private final int perWindow;
    /** When the last frames came, as a ring. */
    private final long[] times;

    private long counted;
    private boolean warned;

    /** @param perWindow how many frames are fine in any 60 seconds; at twice as many the connection is closed */
    FrameLimit(int perWindow) {
        this.perWindow = perWindow;
        this.times = new long[2 * perWindow];
    }

    /** What a frame brings about. */
    enum Verdict {
        /** Nothing. */
        FINE,
        /** The first frame over the limit: the extension is to be warned. */
        WARN,
        /** Twice as many as are fine: the connection is to be closed. */
        CLOSE
    }

    /** Counts a frame that came at this time of the monotonic clock, in nanoseconds. */
    synchronized Verdict count(long now) {
        times[index(counted)] = now;
        counted++;
        if (cameWithinWindow(times.length, now)) {
            return Verdict.CLOSE;
        }
        boolean isOver = cameWithinWindow(perWindow + 1, now);
        boolean warns = isOver && !warned;
        warned = isOver;
        return warns ? Verdict.WARN : Verdict.FINE;
    }

    private boolean cameWithinWindow(int frames, long now) {
        return counted >= frames && now - times[index(counted - frames)] < WINDOW;
    }

    private int index(long frame) {
        return (int) (frame % times.length);
    }
}
