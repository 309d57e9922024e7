package io.github.moodlemcp.server.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.bridge.BridgeId;
import io.github.moodlemcp.bridge.Command;
import io.github.moodlemcp.bridge.CommandId;
import io.github.moodlemcp.bridge.CommandRouter;
import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.bridge.InProcessCommandRouter;
import io.github.moodlemcp.bridge.SideEffect;
import io.github.moodlemcp.server.Caller;
import io.github.moodlemcp.server.ServerOptions;
import io.github.moodlemcp.server.spi.ConnectionLog;
import io.github.moodlemcp.server.spi.TokenVerification;
import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DrainTest {
    private static final BridgeId BUSY = new BridgeId(new AccountId("anna"), "6f1c2a9e-3b57-4c0e-9a44-0d3e6b1f7a21");
    private static final String HELLO = """
            {"jsonrpc": "2.0", "id": 1, "method": "hello", "params": {"protocolVersion": 1,
             "browser": {"id": "%s", "name": "Chromium"}, "extension": {"version": "0.1.0"},
             "sites": [], "operations": [], "journal": []}}
            """.formatted(BUSY.browser());

    private final CommandRouter router = new InProcessCommandRouter();
    private final Bridges bridges = new Bridges(
            ServerOptions.builder(URI.create("http://localhost")).build(),
            token -> new TokenVerification.Verified(new Caller(new AccountId("anna"), "token", Set.of())),
            Failures.uncounted(),
            router,
            ConnectionLog.none(),
            (bridge, journal, isOfConnection) -> {},
            InstantSource.system());
    private final List<Closed> closed = new CopyOnWriteArrayList<>();

    /** A session that was closed, with which code and when. */
    private record Closed(String session, int code, long nanoTime) {}

    @AfterEach
    void close() {
        bridges.close();
    }

    @Test
    void closingsAreSpreadOverTheTime() {
        IntStream.range(0, 100).forEach(i -> bridges.opened(session("s" + i)));
        long begun = System.nanoTime();

        bridges.drain(Duration.ofMillis(50));

        assertThat(closed).hasSize(100).allMatch(session -> session.code() == 1012);
        for (int i = 0; i < 100; i++) {
            assertThat(closed.get(i).nanoTime() - begun).isGreaterThanOrEqualTo(i * 500_000L);
        }
    }

    @Test
    void whoComesDuringADrainIsSentAway() {
        bridges.drain(Duration.ZERO);

        bridges.opened(session("late"));

        assertThat(closed).extracting(Closed::session, Closed::code).containsExactly(tuple("late", 1012));
    }

    @Test
    void whoHasCommandsGoesLast() {
        Session busy = session("a");
        bridges.opened(busy);
        bridges.received(busy, HELLO, true);
        await().until(() -> isConnected(BUSY));
        Command command = new Command(
                CommandId.random(new SecureRandom()),
                "list_courses",
                JsonNodeFactory.instance.objectNode(),
                null,
                SideEffect.READ);
        router.route(BUSY, command, Deadline.after(Duration.ofMinutes(1)));
        IntStream.range(0, 20).forEach(i -> bridges.opened(session("b" + i)));

        bridges.drain(Duration.ZERO);

        assertThat(closed).hasSize(21).last().extracting(Closed::session).isEqualTo("a");
    }

    private boolean isConnected(BridgeId bridge) {
        return !router.connected(bridge.account()).toCompletableFuture().join().isEmpty();
    }

    @Test
    void anInterruptMakesItHurry() {
        IntStream.range(0, 2000).forEach(i -> bridges.opened(session("s" + i)));
        Thread.currentThread().interrupt();
        long begun = System.nanoTime();

        bridges.drain(Duration.ofMinutes(1));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(closed).hasSize(2000);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(1500));
    }

    private Session session(String id) {
        return (Session) Proxy.newProxyInstance(
                Session.class.getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        int code = ((CloseReason) arguments[0]).getCloseCode().getCode();
                        closed.add(new Closed(id, code, System.nanoTime()));
                    }
                    return switch (method.getName()) {
                        case "getId" -> id;
                        case "getUserProperties" -> Map.of();
                        case "getAsyncRemote" -> reading((Session) proxy);
                        default -> null;
                    };
                });
    }

    /** The other end of a session that takes everything at once. */
    private static RemoteEndpoint.Async reading(Session session) {
        return (RemoteEndpoint.Async) Proxy.newProxyInstance(
                Session.class.getClassLoader(),
                new Class<?>[] {RemoteEndpoint.Async.class},
                (proxy, method, arguments) -> {
                    ((SendHandler) arguments[1]).onResult(new SendResult(session));
                    return null;
                });
    }
}
