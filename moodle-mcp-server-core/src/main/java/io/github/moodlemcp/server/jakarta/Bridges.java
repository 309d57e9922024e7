package io.github.moodlemcp.server.jakarta;

import io.github.moodlemcp.bridge.BridgeId;
import io.github.moodlemcp.bridge.CloseReason;
import io.github.moodlemcp.bridge.CommandRouter;
import io.github.moodlemcp.protocol.bridge.BridgeCodec;
import io.github.moodlemcp.protocol.bridge.BridgeProtocol;
import io.github.moodlemcp.protocol.bridge.ExtensionFrame;
import io.github.moodlemcp.protocol.bridge.Hello;
import io.github.moodlemcp.protocol.bridge.ServiceFrame;
import io.github.moodlemcp.protocol.jsonrpc.RequestId;
import io.github.moodlemcp.server.Caller;
import io.github.moodlemcp.server.ServerOptions;
import io.github.moodlemcp.server.spi.ConnectionLog;
import io.github.moodlemcp.server.spi.TokenVerification;
import io.github.moodlemcp.server.spi.TokenVerifier;
import jakarta.websocket.Session;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * All sessions of extensions at this node, from the handshake to the end: authenticates them, waits for their
 * introduction, registers them with the router, and closes those that fall silent. Safe for use by many threads.
 *
 * <pre>
 *   opened ──token good──► waiting for hello ──hello──► connected ──► closed
 *      └── 4401               └── 4408, 4400, 4426          └── 4408, 4409, 4400, 1012
 * </pre>
 */
public final class Bridges implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Bridges.class.getName());
    private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(1);
    private static final int FRAMES_PER_MINUTE = 60;
    private static final int QUEUED_FRAMES = 4;

    private final ServerOptions options;
    private final TokenVerifier tokens;
    private final CommandRouter router;
    private final ConnectionLog log;
    private final InstantSource clock;
    private final BridgeCodec codec;
    private final ConcurrentMap<String, Visitor> visitors = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer;

    /**
     * @param tokens judges the tokens of extensions
     * @param router where connections register
     */
    public Bridges(
            ServerOptions options, TokenVerifier tokens, CommandRouter router, ConnectionLog log, InstantSource clock) {
        this.options = options;
        this.tokens = tokens;
        this.router = router;
        this.log = log;
        this.clock = clock;
        this.codec = new BridgeCodec(options.maxFrameBytes());
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("bridge-timer").factory());
        scheduler.setRemoveOnCancelPolicy(true);
        this.timer = Executors.unconfigurableScheduledExecutorService(scheduler);
        timer.scheduleWithFixedDelay(
                this::sweep, SWEEP_INTERVAL.toMillis(), SWEEP_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** One session: its caller once the token is judged, its connection once it has introduced itself. */
    private static final class Visitor {
        final Session session;
        final FrameSender sender;
        final Instant openedAt;
        /** The caller; completed by the virtual thread that judges the token. */
        final CompletableFuture<Caller> caller = new CompletableFuture<>();
        /** Whether the one frame that may come before the introduction is accepted has come. */
        final AtomicBoolean hasSpoken = new AtomicBoolean();

        volatile @Nullable WebSocketBridgeConnection connection;
        volatile CommandRouter.@Nullable Registration registration;

        Visitor(Session session, FrameSender sender, Instant openedAt) {
            this.session = session;
            this.sender = sender;
            this.openedAt = openedAt;
        }
    }

    void opened(Session session) {
        FrameSender sender = new FrameSender(session, (long) QUEUED_FRAMES * options.maxFrameBytes());
        Visitor visitor = new Visitor(session, sender, clock.instant());
        visitors.put(session.getId(), visitor);
        Object token = session.getUserProperties().get(BridgeHandshake.TOKEN);
        Thread.ofVirtual().name("bridge-token").start(() -> authenticate(visitor, token));
    }

    private void authenticate(Visitor visitor, @Nullable Object token) {
        switch (tokens.verify(token instanceof String given ? given : "")) {
            case TokenVerification.Verified(var caller) -> visitor.caller.complete(caller);
            case TokenVerification.Rejected() -> end(visitor, CloseReason.UNAUTHENTICATED);
            case TokenVerification.Unavailable() -> end(visitor, CloseReason.RESTART);
        }
    }

    void received(Session session, String text) {
        Visitor visitor = visitors.get(session.getId());
        if (visitor == null) {
            return;
        }
        if (text.length() > options.maxFrameBytes()) {
            end(visitor, CloseReason.TOO_BIG);
            return;
        }
        ExtensionFrame frame = codec.decodeExtensionFrame(text);
        WebSocketBridgeConnection connection = visitor.connection;
        if (connection != null) {
            connection.receive(frame, clock.instant());
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
        Visitor visitor = visitors.get(session.getId());
        if (visitor != null) {
            end(visitor, CloseReason.PROTOCOL_VIOLATION);
        }
    }

    void closed(Session session) {
        Visitor visitor = visitors.remove(session.getId());
        if (visitor == null) {
            return;
        }
        CommandRouter.Registration registration = visitor.registration;
        if (registration != null) {
            registration.close();
        }
        WebSocketBridgeConnection connection = visitor.connection;
        if (connection != null) {
            connection.onClosed();
            log.disconnected(connection.describe());
        }
    }

    /** Closes every connection with 1012, so that the extensions come back to another node or after the restart. */
    public void drain() {
        visitors.values().forEach(visitor -> end(visitor, CloseReason.RESTART));
    }

    @Override
    public void close() {
        drain();
        timer.shutdownNow();
    }

    private void welcome(Visitor visitor, Caller caller, RequestId id, Hello hello) {
        if (hello.protocolVersion() != BridgeProtocol.VERSION) {
            end(visitor, CloseReason.VERSION_TOO_OLD);
            return;
        }
        Optional<String> browser = browserId(hello);
        if (browser.isEmpty()) {
            end(visitor, CloseReason.PROTOCOL_VIOLATION);
            return;
        }
        WebSocketBridgeConnection connection = new WebSocketBridgeConnection(
                new BridgeId(caller.account(), browser.get()),
                hello,
                visitor.session,
                visitor.sender,
                codec,
                timer,
                options.maxCommandsInFlight(),
                clock.instant());
        visitor.connection = connection;
        visitor.sender.offer(codec.encode(new ServiceFrame.Welcome(
                id,
                UUID.randomUUID().toString(),
                Math.toIntExact(options.heartbeat().toSeconds()),
                new ServiceFrame.Limits(options.maxFrameBytes(), options.maxCommandsInFlight(), FRAMES_PER_MINUTE),
                new ServiceFrame.Server("moodle-mcp", options.version()))));
        visitor.registration = router.register(connection);
        log.connected(connection.describe(), userAgent(visitor.session));
        if (!visitors.containsKey(visitor.session.getId())) {
            visitor.registration.close();
            connection.onClosed();
        }
    }

    private void end(Visitor visitor, CloseReason reason) {
        Closing.close(visitor.session, reason);
        closed(visitor.session);
    }

    private void sweep() {
        try {
            Instant now = clock.instant();
            visitors.values().stream()
                    .filter(visitor -> isSilent(visitor, now))
                    .forEach(visitor -> end(visitor, CloseReason.SILENT));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "event=sweep_failed", e);
        }
    }

    private boolean isSilent(Visitor visitor, Instant now) {
        WebSocketBridgeConnection connection = visitor.connection;
        return connection == null
                ? visitor.openedAt.plus(options.helloTimeout()).isBefore(now)
                : connection
                        .describe()
                        .lastSeen()
                        .plus(options.silenceTimeout())
                        .isBefore(now);
    }

    private static Optional<String> browserId(Hello hello) {
        try {
            return Optional.of(UUID.fromString(hello.browser().id()).toString());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static @Nullable String userAgent(Session session) {
        return session.getUserProperties().get(BridgeHandshake.USER_AGENT) instanceof String agent ? agent : null;
    }
}
