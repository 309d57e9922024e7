package io.github.moodlemcp.server.jakarta;

import io.github.moodlemcp.bridge.CommandRouter;
import io.github.moodlemcp.server.Caller;
import jakarta.websocket.Session;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One session: its caller once the token is judged, its connection once it has introduced itself. */
final class BridgeVisitor {
    /** How much may wait to be read of what comes before the introduction is accepted, an introduction among it. */
    private static final int STRANGER_BYTES = 64 * 1024;

    final Session session;
    final Strangers.Place stranger;
    final FrameSender sender;
    final FrameLimit limit;
    final FrameIntake intake;
    /** In nanoseconds of the monotonic clock. */
    final long openedAt;
    /** The caller; completed by the virtual thread that judges the token. */
    final CompletableFuture<Caller> caller = new CompletableFuture<>();
    /** Whether the one frame that may come before the introduction is accepted has come. */
    final AtomicBoolean hasSpoken = new AtomicBoolean();

    volatile AccountShares.@Nullable Place place;
    volatile @Nullable WebSocketBridgeConnection connection;
    volatile CommandRouter.@Nullable Registration registration;

    /**
     * @param stranger its place until it is welcomed
     * @param bytesOfNode from which it takes what waits to be sent or read
     * @param maxFrameBytes the longest frame; as much may wait to be sent
     * @param openedAt the time of the monotonic clock, in nanoseconds
     * @param reader takes the frames in order
     */
    BridgeVisitor(
            Session session,
            Strangers.Place stranger,
            ByteBudget bytesOfNode,
            int maxFrameBytes,
            int framesPerMinute,
            long openedAt,
            BiConsumer<BridgeVisitor, String> reader) {
        this.session = session;
        this.stranger = stranger;
        ByteBudget bytes = bytesOfNode.part(STRANGER_BYTES);
        this.sender = new FrameSender(session, maxFrameBytes, bytes);
        this.limit = new FrameLimit(framesPerMinute);
        this.intake = new FrameIntake(maxFrameBytes, bytes, frame -> reader.accept(this, frame));
        this.openedAt = openedAt;
    }

    /** It is no stranger any more, and this place in the share of its account is its own. */
    void settle(AccountShares.Place given) {
        place = given;
        sender.chargeTo(given.bytes());
        intake.chargeTo(given.bytes());
        stranger.close();
    }

    /** Gives back all that it takes of this node, except for its place in the share of its account. */
    void release() {
        sender.close();
        intake.close();
        stranger.close();
    }

    /** Whether commands wait for it. */
    boolean isBusy() {
        WebSocketBridgeConnection introduced = connection;
        return introduced != null && introduced.isBusy();
    }
}
