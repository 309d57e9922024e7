package io.github.moodlemcp.server.jakarta;

import jakarta.websocket.Session;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Writes the frames of one connection, one at a time and in order, from a bounded queue.
 *
 * <p>Safe for use by many threads. No lock is held while the container writes.
 */
final class FrameSender {
    private static final System.Logger LOG = System.getLogger(FrameSender.class.getName());

    private final Session session;
    private final long maxQueuedChars;
    private final Queue<String> queue = new ArrayDeque<>();
    private long queuedChars;
    private boolean writing;

    /** @param maxQueuedChars how much may wait to be written; one frame always may */
    FrameSender(Session session, long maxQueuedChars) {
        this.session = session;
        this.maxQueuedChars = maxQueuedChars;
    }

    /** Queues a frame; returns whether there was room for it. */
    boolean offer(String frame) {
        synchronized (queue) {
            if (queuedChars > 0 && queuedChars + frame.length() > maxQueuedChars) {
                return false;
            }
            queue.add(frame);
            queuedChars += frame.length();
            if (writing) {
                return true;
            }
            writing = true;
        }
        writeNext();
        return true;
    }

    private void writeNext() {
        String frame;
        synchronized (queue) {
            frame = queue.poll();
            if (frame == null) {
                writing = false;
                return;
            }
        }
        try {
            session.getAsyncRemote().sendText(frame, result -> {
                written(frame);
                if (result.isOK()) {
                    writeNext();
                }
            });
        } catch (IllegalStateException | IllegalArgumentException e) {
            written(frame);
            LOG.log(Level.DEBUG, "event=frame_not_sent reason=closed");
        }
    }

    private void written(String frame) {
        synchronized (queue) {
            queuedChars -= frame.length();
        }
    }
}
