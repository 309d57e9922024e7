package io.github.moodlemcp.server.jakarta;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.websocket.Session;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Writes the frames of one connection, one at a time and in order, from a bounded queue. What waits is taken from a {@link
 * ByteBudget} as well.
 *
 * <p>Safe for use by many threads. No lock is held while the container writes.
 */
final class FrameSender {
    private static final System.Logger LOG = System.getLogger(FrameSender.class.getName());

    /** What a container keeps of a frame while it writes it: the text, its bytes, and those with the header. */
    private static final int COPIES = 3;

    /** How much of what is owed may wait, besides the rest. */
    private static final int OWED_BYTES = 64 * 1024;

    private final Session session;
    private final long maxWaitingBytes;
    private final Queue<Waiting> queue = new ArrayDeque<>();
    private ByteBudget budget;
    /** What the queue holds, and the container. */
    private long waitingBytes;
    /** What of that is owed, once each. */
    private long owedBytes;

    private boolean writing;
    private boolean closed;

    /**
     * @param maxWaitingBytes how much may wait to be written; one frame always may
     * @param budget from which it takes what waits
     */
    FrameSender(Session session, long maxWaitingBytes, ByteBudget budget) {
        this.session = session;
        this.maxWaitingBytes = maxWaitingBytes;
        this.budget = budget;
    }

    /** A frame in UTF-8, which takes no more than that for any text. */
    private record Waiting(byte[] utf8, boolean owed) {}

    /** Sends a frame that may be refused; returns whether there was room for it, here and in the budget. */
    boolean offer(String frame) {
        byte[] utf8 = frame.getBytes(UTF_8);
        synchronized (queue) {
            boolean fits = waitingBytes == 0 || waitingBytes + utf8.length <= maxWaitingBytes;
            if (closed || !fits || budget.take(utf8.length) != ByteBudget.Taking.TAKEN) {
                return false;
            }
            if (isQueued(utf8, false)) {
                return true;
            }
        }
        write(frame, utf8.length, false);
        return true;
    }

    /** Sends a short frame that the extension is owed; returns false when so much is owed that it does not read. */
    boolean offerOwed(String frame) {
        byte[] utf8 = frame.getBytes(UTF_8);
        synchronized (queue) {
            if (closed || owedBytes > 0 && owedBytes + utf8.length > OWED_BYTES) {
                return false;
            }
            budget.takeAnyway(utf8.length);
            owedBytes += utf8.length;
            if (isQueued(utf8, true)) {
                return true;
            }
        }
        write(frame, utf8.length, true);
        return true;
    }

    /** Sends a short frame that the extension is owed after an action; what is offered meanwhile comes after the frame. */
    void offerOwedAfter(Runnable action, String frame) {
        byte[] utf8 = frame.getBytes(UTF_8);
        boolean isNext;
        synchronized (queue) {
            isNext = !closed;
            if (isNext) {
                budget.takeAnyway(utf8.length);
                owedBytes += utf8.length;
                isNext = !isQueued(utf8, true);
            }
        }
        try {
            action.run();
        } finally {
            if (isNext) {
                write(frame, utf8.length, true);
            }
        }
    }

    /** Queues a frame behind the one that is being written; false when it is to be written now. */
    private boolean isQueued(byte[] utf8, boolean owed) {
        waitingBytes += utf8.length;
        if (writing) {
            queue.add(new Waiting(utf8, owed));
            return true;
        }
        begin(utf8.length);
        return false;
    }

    private void begin(int bytes) {
        writing = true;
        waitingBytes += (COPIES - 1L) * bytes;
        budget.takeAnyway((COPIES - 1L) * bytes);
    }

    private void write(String frame, int bytes, boolean owed) {
        try {
            session.getAsyncRemote().sendText(frame, result -> {
                written(bytes, owed);
                if (result.isOK()) {
                    writeNext();
                }
            });
        } catch (IllegalStateException | IllegalArgumentException e) {
            written(bytes, owed);
            LOG.log(Level.DEBUG, "event=frame_not_sent reason=closed");
        }
    }

    private void writeNext() {
        Waiting next;
        synchronized (queue) {
            next = queue.poll();
            if (next == null) {
                writing = false;
                return;
            }
            begin(next.utf8.length);
        }
        write(new String(next.utf8, UTF_8), next.utf8.length, next.owed);
    }

    private void written(int bytes, boolean owed) {
        synchronized (queue) {
            if (closed) {
                return;
            }
            waitingBytes -= (long) COPIES * bytes;
            owedBytes -= owed ? bytes : 0;
            budget.give((long) COPIES * bytes);
        }
    }

    /** Takes what waits from another budget from now on. */
    void chargeTo(ByteBudget other) {
        synchronized (queue) {
            budget.give(waitingBytes);
            other.takeAnyway(waitingBytes);
            budget = other;
        }
    }

    /** Forgets what waits, and takes nothing more. */
    void close() {
        synchronized (queue) {
            closed = true;
            queue.clear();
            budget.give(waitingBytes);
            waitingBytes = 0;
            owedBytes = 0;
        }
    }
}
