package io.github.moodlemcp.distribution;

import io.github.moodlemcp.bridge.BridgeId;
import io.github.moodlemcp.bridge.ConnectedBrowser;
import io.github.moodlemcp.distribution.store.BrowserSession;
import io.github.moodlemcp.distribution.store.BrowserSessionStore;
import io.github.moodlemcp.server.spi.ConnectionLog;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records connections in the store, in order and on a thread of its own, so that no connection waits for the database. Safe
 * for use by many threads.
 */
final class BrowserSessionLog implements ConnectionLog, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(BrowserSessionLog.class);
    private static final int CLOSE_SECONDS = 5;

    private final BrowserSessionStore store;
    private final Clock clock;
    private final Map<Connection, UUID> open = new ConcurrentHashMap<>();
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("browser-session-log").factory());

    BrowserSessionLog(BrowserSessionStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** One connection of one browser. */
    private record Connection(BridgeId bridge, Instant since) {
        static Connection of(ConnectedBrowser browser) {
            return new Connection(browser.id(), browser.connectedSince());
        }
    }

    @Override
    public void connected(ConnectedBrowser browser, @Nullable String userAgent) {
        UUID id = UUID.randomUUID();
        open.put(Connection.of(browser), id);
        BrowserSession session = new BrowserSession(
                id,
                UUID.fromString(browser.id().account().value()),
                browser.id().browser(),
                browser.name(),
                browser.extensionVersion(),
                userAgent,
                browser.sites().isEmpty() ? null : browser.sites().getFirst().url(),
                browser.connectedSince());
        write("connected", () -> store.connected(session));
    }

    @Override
    public void heardOf(ConnectedBrowser browser) {
        UUID id = open.get(Connection.of(browser));
        if (id != null) {
            store.pinged(id, browser.lastSeen());
        }
    }

    @Override
    public void disconnected(ConnectedBrowser browser) {
        UUID id = open.remove(Connection.of(browser));
        if (id != null) {
            Instant now = clock.instant();
            write("disconnected", () -> store.disconnected(id, now));
        }
    }

    /** Writes what is still to be written, for up to 5 seconds. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOGGER.warn("event=browser_sessions_not_written");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(String what, Runnable work) {
        try {
            writer.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    LOGGER.warn("event=browser_session_not_written what={}", what, e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOGGER.debug("event=browser_session_not_written what={} reason=closing", what);
        }
    }
}
