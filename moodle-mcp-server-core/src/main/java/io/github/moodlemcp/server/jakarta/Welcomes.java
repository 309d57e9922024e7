package io.github.moodlemcp.server.jakarta;

import io.github.moodlemcp.bridge.BridgeId;
import io.github.moodlemcp.bridge.CloseReason;
import io.github.moodlemcp.bridge.CommandRouter;
import io.github.moodlemcp.bridge.ConnectedBrowser;
import io.github.moodlemcp.protocol.bridge.BridgeCodec;
import io.github.moodlemcp.protocol.bridge.BridgeProtocol;
import io.github.moodlemcp.protocol.bridge.Hello;
import io.github.moodlemcp.protocol.bridge.ServiceFrame;
import io.github.moodlemcp.protocol.jsonrpc.RequestId;
import io.github.moodlemcp.server.Caller;
import io.github.moodlemcp.server.ServerOptions;
import io.github.moodlemcp.server.spi.ConnectionLog;
import io.github.moodlemcp.server.write.Journals;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Judges the introductions of extensions, and makes those that are welcome reachable: gives each its place in the share of
 * its account and registers it with the router. Safe for use by many threads.
 */
final class Welcomes {
    private final ServerOptions options;
    private final AccountShares accounts;
    private final CommandRouter router;
    private final ConnectionLog log;
    private final Journals journals;
    private final BridgeCodec codec;
    private final ScheduledExecutorService timer;
    private final InstantSource clock;

    /**
     * @param router where connections register
     * @param journals is told what browsers say of the writes they ran, once they are registered
     * @param timer ends commands whose time is over
     */
    Welcomes(
            ServerOptions options,
            AccountShares accounts,
            CommandRouter router,
            ConnectionLog log,
            Journals journals,
            BridgeCodec codec,
            ScheduledExecutorService timer,
            InstantSource clock) {
        this.options = options;
        this.accounts = accounts;
        this.router = router;
        this.log = log;
        this.journals = journals;
        this.codec = codec;
        this.timer = timer;
        this.clock = clock;
    }

    /**
     * Welcomes a visitor, unless it cannot be.
     *
     * @return why it is to be closed; nothing when it was welcomed
     */
    Optional<CloseReason> refuse(BridgeVisitor visitor, Caller caller, RequestId id, Hello hello) {
        Optional<BridgeId> introduced = browserId(hello).map(browser -> new BridgeId(caller.account(), browser));
        if (hello.protocolVersion() != BridgeProtocol.VERSION) {
            introduced.ifPresent(known ->
                    log.refused(describe(known, hello), arrival(visitor, caller), CloseReason.VERSION_TOO_OLD));
            return Optional.of(CloseReason.VERSION_TOO_OLD);
        }
        if (introduced.isEmpty()) {
            return Optional.of(CloseReason.PROTOCOL_VIOLATION);
        }
        BridgeId bridge = introduced.get();
        Optional<AccountShares.Place> place = accounts.enter(bridge);
        if (place.isEmpty()) {
            log.refused(describe(bridge, hello), arrival(visitor, caller), CloseReason.TOO_MANY_CONNECTIONS);
            return Optional.of(CloseReason.TOO_MANY_CONNECTIONS);
        }
        visitor.settle(place.get());
        WebSocketBridgeConnection connection = connection(visitor, bridge, hello, place.get());
        visitor.connection = connection;
        // An extension that is welcome can be reached, and hears nothing before it is welcomed.
        visitor.sender.offerOwedAfter(() -> visitor.registration = router.register(connection), welcome(id));
        journals.read(bridge, hello.journal(), connection::hasCommand);
        log.connected(connection.describe(), arrival(visitor, caller));
        return Optional.empty();
    }

    private WebSocketBridgeConnection connection(
            BridgeVisitor visitor, BridgeId bridge, Hello hello, AccountShares.Place place) {
        return new WebSocketBridgeConnection(
                bridge,
                hello,
                visitor.session,
                visitor.sender,
                place,
                codec,
                timer,
                options.maxCommandsInFlight(),
                clock.instant());
    }

    private String welcome(RequestId id) {
        return codec.encode(new ServiceFrame.Welcome(
                id,
                UUID.randomUUID().toString(),
                Math.toIntExact(options.heartbeat().toSeconds()),
                new ServiceFrame.Limits(
                        options.maxFrameBytes(), options.maxCommandsInFlight(), options.framesPerMinute()),
                new ServiceFrame.Server("moodle-mcp", options.version())));
    }

    private ConnectedBrowser describe(BridgeId bridge, Hello hello) {
        Instant now = clock.instant();
        return new ConnectedBrowser(
                bridge,
                hello.browser().name(),
                hello.extension().version(),
                now,
                now,
                hello.sites(),
                hello.operations());
    }

    private static ConnectionLog.Arrival arrival(BridgeVisitor visitor, Caller caller) {
        String agent = Bridges.property(visitor.session, BridgeHandshake.USER_AGENT);
        return new ConnectionLog.Arrival(caller.credential(), agent.isEmpty() ? null : agent);
    }

    private static Optional<String> browserId(Hello hello) {
        try {
            return Optional.of(UUID.fromString(hello.browser().id()).toString());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
