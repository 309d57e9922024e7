package io.github.moodlemcp.server.jakarta;

import java.util.concurrent.TimeUnit;

/**
 * Counts the frames of one connection over the last 60 seconds, exactly: it keeps the times of as many as close the
 * connection. Safe for use by many threads.
 */
final class FrameLimit {
    private static final long WINDOW = TimeUnit.SECONDS.toNanos(60);

    /** As many as come in a minute from an extension that only beats. */
    private static final int FIRST_TIMES = 8;

    private final int perWindow;
    /** When the last frames came, as a ring; while it is not full it grows, because most connections bring few frames. */
    private long[] times;

    private long counted;
    private boolean warned;

    /** @param perWindow how many frames are fine in any 60 seconds; at twice as many the connection is closed */
    FrameLimit(int perWindow) {
        this.perWindow = perWindow;
        this.times = new long[Math.min(FIRST_TIMES, 2 * perWindow)];
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
        if (times.length < 2 * perWindow && cameWithinWindow(times.length, now)) {
            grow();
        }
        times[index(counted)] = now;
        counted++;
        if (cameWithinWindow(2 * perWindow, now)) {
            return Verdict.CLOSE;
        }
        boolean isOver = cameWithinWindow(perWindow + 1, now);
        boolean warns = isOver && !warned;
        warned = isOver;
        return warns ? Verdict.WARN : Verdict.FINE;
    }

    private boolean cameWithinWindow(int frames, long now) {
        return frames <= times.length && counted >= frames && now - times[index(counted - frames)] < WINDOW;
    }

    /** Makes room for twice as many times, so that none is lost that still counts. */
    private void grow() {
        long[] larger = new long[Math.min(2 * times.length, 2 * perWindow)];
        for (long frame = counted - times.length; frame < counted; frame++) {
            larger[(int) (frame % larger.length)] = times[index(frame)];
        }
        times = larger;
    }

    private int index(long frame) {
        return (int) (frame % times.length);
    }
}
