package io.github.moodlemcp.server.jakarta;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Passes on the frames of one connection in order: a short one at once, on the thread that brought it, a long one on a
 * virtual thread, because the thread that brought it serves other connections too.
 *
 * <p>Frames are to be brought by one thread at a time. When too much waits, that thread waits as well.
 */
final class FrameIntake {
    private static final System.Logger LOG = System.getLogger(FrameIntake.class.getName());
    private static final int SHORT_CHARS = 64 * 1024;

    private final int maxWaitingChars;
    private final Consumer<String> reader;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    /** The frames that wait, with the one that is being read at the head. */
    private final Queue<String> waiting = new ArrayDeque<>();

    private long waitingChars;

    /**
     * @param maxWaitingChars how much may wait; one frame always may
     * @param reader takes the frames, one at a time
     */
    FrameIntake(int maxWaitingChars, Consumer<String> reader) {
        this.maxWaitingChars = maxWaitingChars;
        this.reader = reader;
    }

    /** Takes a frame. */
    void take(String frame) {
        if (!mustWait(frame)) {
            reader.accept(frame);
        }
    }

    private boolean mustWait(String frame) {
        lock.lock();
        try {
            if (waiting.isEmpty() && frame.length() <= SHORT_CHARS) {
                return false;
            }
            while (!waiting.isEmpty() && waitingChars + frame.length() > maxWaitingChars) {
                room.awaitUninterruptibly();
            }
            waiting.add(frame);
            waitingChars += frame.length();
            if (waiting.size() == 1) {
                Thread.ofVirtual().name("bridge-frames").start(() -> readFrom(frame));
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void readFrom(String first) {
        for (@Nullable String frame = first; frame != null; frame = nextAfter(frame)) {
            try {
                reader.accept(frame);
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "event=frame_failed", e);
            }
        }
    }

    private @Nullable String nextAfter(String read) {
        lock.lock();
        try {
            waiting.remove();
            waitingChars -= read.length();
            room.signal();
            return waiting.peek();
        } finally {
            lock.unlock();
        }
    }
}
