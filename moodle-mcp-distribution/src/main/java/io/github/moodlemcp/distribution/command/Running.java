package io.github.moodlemcp.distribution.command;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of a running service, closed once, the last one first. Closing waits while the service starts, so that a
 * part that is just being opened is closed too. Safe for use by many threads.
 */
final class Running implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Running.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /** Opens parts one after another. */
    @FunctionalInterface
    interface Start {
        void run() throws Exception;
    }

    /** Runs what adds the parts. */
    synchronized void start(Start start) throws Exception {
        start.run();
    }

    /** Remembers a part; called by what {@link #start} runs. */
    synchronized <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    @Override
    public synchronized void close() {
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
}
