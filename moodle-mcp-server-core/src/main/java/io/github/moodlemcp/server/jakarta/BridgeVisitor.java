package io.github.moodlemcp.server.jakarta;

import io.github.moodlemcp.bridge.CommandRouter;
import io.github.moodlemcp.server.Caller;
import jakarta.websocket.Session;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One session: its caller once the token is judged, its connection once it has introduced itself. */
final class BridgeVisitor {
    private static final int UNREAD_FRAMES = 2;

    final Session session;
    final FrameSender sender;
    final FrameLimit limit;
    final FrameIntake intake;
    final Instant openedAt;
    /** The caller; completed by the virtual thread that judges the token. */
    final CompletableFuture<Caller> caller = new CompletableFuture<>();
    /** Whether the one frame that may come before the introduction is accepted has come. */
    final AtomicBoolean hasSpoken = new AtomicBoolean();

    volatile AccountShares.@Nullable Place place;
    volatile @Nullable WebSocketBridgeConnection connection;
    volatile CommandRouter.@Nullable Registration registration;

    /**
     * @param maxFrameChars the longest frame; as much may wait to be sent, and twice as much to be read
     * @param reader takes the frames in order
     */
    BridgeVisitor(
            Session session,
            int maxFrameChars,
            int framesPerMinute,
            Instant openedAt,
            BiConsumer<BridgeVisitor, String> reader) {
        this.session = session;
        this.sender = new FrameSender(session, maxFrameChars);
        this.limit = new FrameLimit(framesPerMinute);
        this.intake = new FrameIntake(UNREAD_FRAMES * maxFrameChars, frame -> reader.accept(this, frame));
        this.openedAt = openedAt;
    }

    /** Whether commands wait for it. */
    boolean isBusy() {
        WebSocketBridgeConnection introduced = connection;
        return introduced != null && introduced.isBusy();
    }
}
