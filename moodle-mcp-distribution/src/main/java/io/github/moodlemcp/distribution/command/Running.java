package io.github.moodlemcp.distribution.command;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of a running service, closed once, the last one first. Closing while the service starts ends the start at
 * the next part, and waits for it, so that a part that is just being opened is closed too. Safe for use by many threads.
 */
final class Running implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Running.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private volatile boolean isClosing;

    /** Opens parts one after another. */
    @FunctionalInterface
    interface Start {
        void run() throws Exception;
    }

    /** Runs what adds the parts; does nothing more when closing was asked for meanwhile. */
    synchronized void start(Start start) throws Exception {
        try {
            start.run();
        } catch (ClosedWhileStarting e) {
            closeParts();
        }
    }

    /** Remembers a part; called by what {@link #start} runs. */
    synchronized <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        if (isClosing) {
            throw new ClosedWhileStarting();
        }
        return part;
    }

    @Override
    public void close() {
        isClosing = true;
        closeParts();
    }

    private synchronized void closeParts() {
        while (!parts.isEmpty()) {
            close(parts.pop());
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOGGER.error("event=close_failed", e);
        }
    }

    /** Ends a start that nobody wants any more. */
    private static final class ClosedWhileStarting extends RuntimeException {
        private static final long serialVersionUID = 1;

        ClosedWhileStarting() {
            super("Closed while starting", null, false, false);
        }
    }
}
