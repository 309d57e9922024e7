package io.github.moodlemcp.distribution;

import io.github.moodlemcp.bridge.BridgeId;
import io.github.moodlemcp.bridge.CloseReason;
import io.github.moodlemcp.bridge.ConnectedBrowser;
import io.github.moodlemcp.distribution.store.BrowserSession;
import io.github.moodlemcp.distribution.store.BrowserSessionStore;
import io.github.moodlemcp.server.spi.ConnectionLog;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private final Map<Connection, Session> open = new ConcurrentHashMap<>();
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

    /** The record of a connection, and the grant it came with. */
    private record Session(UUID id, @Nullable UUID grantId) {}

    @Override
    public void connected(ConnectedBrowser browser, Arrival arrival) {
        BrowserSession session = session(browser, arrival);
        open.put(Connection.of(browser), new Session(session.id(), session.grantId()));
        write("connected", () -> store.connected(session));
    }

    @Override
    public void refused(ConnectedBrowser browser, Arrival arrival, CloseReason reason) {
        BrowserSession session = session(browser, arrival);
        write("refused", () -> store.refused(session, reason.name()));
    }

    @Override
    public void heardOf(ConnectedBrowser browser) {
        Session session = open.get(Connection.of(browser));
        if (session != null) {
            store.pinged(session.id(), browser.lastSeen());
        }
    }

    @Override
    public void disconnected(ConnectedBrowser browser, @Nullable CloseReason reason) {
        Session session = open.remove(Connection.of(browser));
        if (session != null) {
            Instant now = clock.instant();
            String ended = reason == null ? null : reason.name();
            write("disconnected", () -> store.disconnected(session.id(), browser.lastSeen(), now, ended));
        }
    }

    /** The browsers that are connected under one of these grants. */
    List<BridgeId> connectedUnder(Set<UUID> grants) {
        return open.entrySet().stream()
                .filter(entry -> entry.getValue().grantId() != null
                        && grants.contains(entry.getValue().grantId()))
                .map(entry -> entry.getKey().bridge())
                .toList();
    }

    /** The grants under which browsers are connected. */
    Set<UUID> grants() {
        return open.values().stream()
                .flatMap(session -> Stream.ofNullable(session.grantId()))
                .collect(Collectors.toSet());
    }

    /** Whether no browser is connected. */
    boolean isIdle() {
        return open.isEmpty();
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

    private static BrowserSession session(ConnectedBrowser browser, Arrival arrival) {
        return new BrowserSession(
                UUID.randomUUID(),
                UUID.fromString(browser.id().account().value()),
                Verifiers.grantOf(arrival.credential()),
                browser.id().browser(),
                browser.name(),
                browser.extensionVersion(),
                arrival.userAgent(),
                browser.sites().isEmpty() ? null : browser.sites().getFirst().url(),
                browser.connectedSince());
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
