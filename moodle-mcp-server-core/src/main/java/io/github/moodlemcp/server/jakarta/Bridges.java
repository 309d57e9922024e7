package io.github.moodlemcp.server.jakarta;

import io.github.moodlemcp.bridge.CloseReason;
import io.github.moodlemcp.bridge.CommandRouter;
import io.github.moodlemcp.protocol.bridge.BridgeCodec;
import io.github.moodlemcp.protocol.bridge.ExtensionFrame;
import io.github.moodlemcp.protocol.bridge.Hello;
import io.github.moodlemcp.protocol.bridge.ServiceFrame;
import io.github.moodlemcp.protocol.jsonrpc.RequestId;
import io.github.moodlemcp.server.Caller;
import io.github.moodlemcp.server.ServerOptions;
import io.github.moodlemcp.server.spi.ConnectionLog;
import io.github.moodlemcp.server.spi.TokenVerification;
import io.github.moodlemcp.server.spi.TokenVerifier;
import io.github.moodlemcp.server.write.Journals;
import jakarta.websocket.Session;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * All sessions of extensions at this node, from the handshake to the end: authenticates them, waits for their
 * introduction, has them welcomed, and closes those that fall silent. Safe for use by many threads.
 *
 * <pre>
 *   opened ──token good──► waiting for hello ──hello──► connected ──► closed
 *      └── 4401               └── 4408, 4400, 4426, 4429    └── 4408, 4409, 4400, 4429, 1012
 * </pre>
 */
public final class Bridges implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Bridges.class.getName());
    private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(1);
    private static final long CLOSINGS_PER_SECOND = 1000;

    private final ServerOptions options;
    private final TokenVerifier tokens;
    private final Failures failures;
    private final ConnectionLog log;
    private final InstantSource clock;
    private final BridgeCodec codec;
    private final ConcurrentMap<String, BridgeVisitor> visitors = new ConcurrentHashMap<>();
    private final ByteBudget bytes;
    private final Strangers strangers;
    private final Welcomes welcomes;
    private final ScheduledExecutorService timer;
    private volatile boolean draining;

    /**
     * @param tokens judges the tokens of extensions
     * @param failures is told of those that are not good
     * @param router where connections register
     * @param journals is told what browsers say of the writes they ran, once they are registered
     */
    public Bridges(
            ServerOptions options,
            TokenVerifier tokens,
            Failures failures,
            CommandRouter router,
            ConnectionLog log,
            Journals journals,
            InstantSource clock) {
        this.options = options;
        this.tokens = tokens;
        this.failures = failures;
        this.log = log;
        this.clock = clock;
        this.codec = new BridgeCodec(options.maxFrameBytes());
        this.bytes = new ByteBudget(options.maxBytesInFlight());
        this.strangers = new Strangers(options.maxStrangers(), options.maxStrangersPerAddress());
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("bridge-timer").factory());
        scheduler.setRemoveOnCancelPolicy(true);
        this.timer = Executors.unconfigurableScheduledExecutorService(scheduler);
        AccountShares accounts = new AccountShares(
                options.maxBrowsersPerAccount(),
                options.maxCommandsPerAccount(),
                bytes,
                options.maxBytesInFlightPerAccount());
        this.welcomes = new Welcomes(options, accounts, router, log, journals, codec, timer, clock);
        timer.scheduleWithFixedDelay(
                this::sweep, SWEEP_INTERVAL.toMillis(), SWEEP_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    void opened(Session session) {
        switch (strangers.enter(property(session, BridgeHandshake.ADDRESS))) {
            case Strangers.Entry.Counted(var place) -> opened(session, place);
            case Strangers.Entry.AddressFull() -> Closing.close(session, CloseReason.ADDRESS_FULL);
            case Strangers.Entry.NodeFull() -> Closing.close(session, CloseReason.OVERLOADED);
        }
    }

    private void opened(Session session, Strangers.Place stranger) {
        BridgeVisitor visitor = new BridgeVisitor(
                session,
                stranger,
                bytes,
                options.maxFrameBytes(),
                options.framesPerMinute(),
                System.nanoTime(),
                this::read);
        visitors.put(session.getId(), visitor);
        if (draining) {
            end(visitor, CloseReason.RESTART);
            return;
        }
        String token = property(session, BridgeHandshake.TOKEN);
        Thread.ofVirtual().name("bridge-token").start(() -> authenticate(visitor, token));
    }

    private void authenticate(BridgeVisitor visitor, String token) {
        switch (tokens.verify(token)) {
            case TokenVerification.Verified(var caller) -> visitor.caller.complete(caller);
            case TokenVerification.Rejected() ->
                end(visitor, token.isEmpty() ? CloseReason.UNAUTHENTICATED : rejection(visitor));
            case TokenVerification.Ended() -> end(visitor, CloseReason.UNAUTHENTICATED);
            case TokenVerification.Unavailable() -> end(visitor, CloseReason.RESTART);
        }
    }

    private CloseReason rejection(BridgeVisitor visitor) {
        return failures.count(property(visitor.session, BridgeHandshake.ADDRESS))
                        .isPositive()
                ? CloseReason.TOO_MANY_FAILURES
                : CloseReason.UNAUTHENTICATED;
    }

    void received(Session session, String part, boolean last) {
        BridgeVisitor visitor = visitors.get(session.getId());
        if (visitor != null) {
            visitor.intake.take(part, last).ifPresent(reason -> end(visitor, reason));
        }
    }

    private void read(BridgeVisitor visitor, String text) {
        if (!visitors.containsKey(visitor.session.getId())) {
            return;
        }
        ExtensionFrame frame = codec.decodeExtensionFrame(text);
        WebSocketBridgeConnection connection = visitor.connection;
        boolean expected = connection != null && connection.isExpected(frame, System.nanoTime());
        if (!expected && !isWithinLimit(visitor)) {
            return;
        }
        if (connection != null) {
            connection.receive(frame, expected, clock.instant());
            log.heardOf(connection.describe());
            return;
        }
        if (frame instanceof ExtensionFrame.HelloFrame(var id, var hello)
                && visitor.hasSpoken.compareAndSet(false, true)) {
            visitor.caller.thenAccept(caller -> welcome(visitor, caller, id, hello));
        } else {
            end(visitor, CloseReason.PROTOCOL_VIOLATION);
        }
    }

    void receivedBinary(Session session) {
        BridgeVisitor visitor = visitors.get(session.getId());
        if (visitor != null) {
            end(visitor, CloseReason.PROTOCOL_VIOLATION);
        }
    }

    /** Counts a frame that brings no message; see {@link io.github.moodlemcp.server.MoodleMcpServer#unseenFrame}. */
    public void receivedUnseen(String sessionId) {
        BridgeVisitor visitor = visitors.get(sessionId);
        if (visitor != null) {
            isWithinLimit(visitor);
        }
    }

    /** Counts a frame; returns false when it was one too many and the connection is closed. */
    private boolean isWithinLimit(BridgeVisitor visitor) {
        return switch (visitor.limit.count(System.nanoTime())) {
            case FINE -> true;
            case WARN -> {
                LOG.log(Level.WARNING, "event=frame_limit session=" + visitor.session.getId());
                visitor.sender.offerOwed(codec.encode(new ServiceFrame.LimitWarning(options.framesPerMinute())));
                yield true;
            }
            case CLOSE -> {
                end(visitor, CloseReason.TOO_MANY_FRAMES);
                yield false;
            }
        };
    }

    void closed(Session session) {
        BridgeVisitor visitor = visitors.remove(session.getId());
        if (visitor == null) {
            return;
        }
        visitor.release();
        leave(visitor);
    }

    /** Takes back what its welcome gave it, as far as that has come. */
    private void leave(BridgeVisitor visitor) {
        CommandRouter.Registration registration = visitor.registration;
        if (registration != null) {
            registration.close();
        }
        WebSocketBridgeConnection connection = visitor.connection;
        if (connection != null) {
            connection.onClosed();
            log.disconnected(connection.describe(), connection.closedFor());
        }
        AccountShares.Place place = visitor.place;
        if (place != null) {
            place.close();
        }
    }

    /**
     * Closes every connection with 1012, and from now on each new one, so that the extensions come back to another node or
     * after the restart. Those without commands go first. An interrupt makes it hurry.
     *
     * @param over how long it may take at most; the closings are spread evenly, a thousand a second if that is faster
     */
    public void drain(Duration over) {
        draining = true;
        List<BridgeVisitor> leaving = visitors.values().stream()
                .sorted(Comparator.comparing(BridgeVisitor::isBusy))
                .toList();
        long begun = System.nanoTime();
        long spread = Math.min(over.toNanos(), TimeUnit.SECONDS.toNanos(leaving.size()) / CLOSINGS_PER_SECOND);
        for (int i = 0; i < leaving.size(); i++) {
            end(leaving.get(i), CloseReason.RESTART);
            pauseUntil(begun + spread * (i + 1) / leaving.size());
        }
    }

    private static void pauseUntil(long nanoTime) {
        long left = nanoTime - System.nanoTime();
        while (left > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(left);
            left = nanoTime - System.nanoTime();
        }
    }

    @Override
    public void close() {
        drain(Duration.ZERO);
        timer.shutdownNow();
    }

    private void welcome(BridgeVisitor visitor, Caller caller, RequestId id, Hello hello) {
        Optional<CloseReason> refusal = welcomes.refuse(visitor, caller, id, hello);
        if (refusal.isPresent()) {
            end(visitor, refusal.get());
        } else if (!visitors.containsKey(visitor.session.getId())) {
            leave(visitor);
        }
    }

    private void end(BridgeVisitor visitor, CloseReason reason) {
        WebSocketBridgeConnection connection = visitor.connection;
        if (connection == null) {
            Closing.close(visitor.session, reason);
        } else {
            connection.close(reason);
        }
        closed(visitor.session);
    }

    private void sweep() {
        try {
            long now = System.nanoTime();
            visitors.values().stream()
                    .filter(visitor -> isSilent(visitor, now))
                    .forEach(visitor -> end(visitor, CloseReason.SILENT));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "event=sweep_failed", e);
        }
    }

    /** By the monotonic clock: a clock that is set makes nobody silent. */
    private boolean isSilent(BridgeVisitor visitor, long now) {
        WebSocketBridgeConnection connection = visitor.connection;
        return connection == null
                ? now - visitor.openedAt > options.helloTimeout().toNanos()
                : now - connection.lastHeard() > options.silenceTimeout().toNanos();
    }

    /** What the handshake has kept; empty when it has not. */
    static String property(Session session, String name) {
        return session.getUserProperties().get(name) instanceof String kept ? kept : "";
    }
}
