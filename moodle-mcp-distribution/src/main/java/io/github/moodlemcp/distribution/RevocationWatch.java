package io.github.moodlemcp.distribution;

import io.github.moodlemcp.bridge.CloseReason;
import io.github.moodlemcp.bridge.CommandRouter;
import io.github.moodlemcp.distribution.store.PairedBrowserStore;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the connections of extensions whose grant was revoked, or erased with its account, whatever did it and on whichever
 * node, within a few seconds. It looks back further than once around, for connections whose token was judged just before.
 */
final class RevocationWatch implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(RevocationWatch.class);
    private static final long EVERY_MILLIS = 1500;
    private static final Duration LOOK_BACK = Duration.ofMinutes(2);

    private static final int VANISHED_EVERY = 2;

    private final PairedBrowserStore store;
    private final BrowserSessionLog sessions;
    private final CommandRouter router;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("revocation-watch").factory());

    /** Of the timer's thread alone. */
    private int looks;

    RevocationWatch(PairedBrowserStore store, BrowserSessionLog sessions, CommandRouter router) {
        this.store = store;
        this.sessions = sessions;
        this.router = router;
        timer.scheduleWithFixedDelay(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            if (!sessions.isIdle()) {
                end(store.revokedWithin(LOOK_BACK));
                if (++looks % VANISHED_EVERY == 0) {
                    end(store.vanished(sessions.grants()));
                }
            }
        } catch (RuntimeException e) {
            LOGGER.warn("event=revocations_not_seen, tried again", e);
        }
    }

    private void end(Set<UUID> grants) {
        sessions.connectedUnder(grants).forEach(bridge -> router.disconnect(bridge, CloseReason.UNAUTHENTICATED));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
