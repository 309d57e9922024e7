package io.github.moodlemcp.distribution;

import io.github.moodlemcp.bridge.CloseReason;
import io.github.moodlemcp.bridge.CommandRouter;
import io.github.moodlemcp.distribution.store.PairedBrowserStore;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the connections of extensions whose grant was revoked, whatever revoked it and on whichever node, within a few
 * seconds. It looks back further than once around, for connections whose token was judged just before.
 */
final class RevocationWatch implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(RevocationWatch.class);
    private static final long EVERY_MILLIS = 1500;
    private static final Duration LOOK_BACK = Duration.ofMinutes(2);

    private final PairedBrowserStore store;
    private final BrowserSessionLog sessions;
    private final CommandRouter router;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("revocation-watch").factory());

    RevocationWatch(PairedBrowserStore store, BrowserSessionLog sessions, CommandRouter router) {
        this.store = store;
        this.sessions = sessions;
        this.router = router;
        timer.scheduleWithFixedDelay(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            if (!sessions.isIdle()) {
                sessions.connectedUnder(store.revokedWithin(LOOK_BACK))
                        .forEach(bridge -> router.disconnect(bridge, CloseReason.UNAUTHENTICATED));
            }
        } catch (RuntimeException e) {
            LOGGER.warn("event=revocations_not_seen, tried again", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
