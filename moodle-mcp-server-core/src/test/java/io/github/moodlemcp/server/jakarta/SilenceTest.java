package io.github.moodlemcp.server.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.bridge.CommandRouter;
import io.github.moodlemcp.bridge.InProcessCommandRouter;
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
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is closed for saying nothing. */
class SilenceTest {
    private static final AccountId ANNA = new AccountId("anna");
    private static final String HELLO = """
            {"jsonrpc": "2.0", "id": 1, "method": "hello", "params": {"protocolVersion": 1,
             "browser": {"id": "6f1c2a9e-3b57-4c0e-9a44-0d3e6b1f7a21", "name": "Chromium"},
             "extension": {"version": "0.1.0"}, "sites": [], "operations": [], "journal": []}}
            """;

    private final CommandRouter router = new InProcessCommandRouter();
    private final ConcurrentMap<String, Integer> closed = new ConcurrentHashMap<>();
    private volatile Instant now = Instant.parse("2026-11-22T09:30:00Z");
    private final Bridges bridges = new Bridges(
            ServerOptions.builder(URI.create("http://localhost"))
                    .helloTimeout(Duration.ofSeconds(1))
                    .build(),
            token -> new TokenVerification.Verified(new Caller(ANNA, "token", Set.of())),
            Failures.uncounted(),
            router,
            ConnectionLog.none(),
            (bridge, journal, isOfConnection) -> {},
            () -> now);

    @AfterEach
    void close() {
        bridges.close();
    }

    /** Strangers are closed by the same sweep that must leave the other alone. */
    @Test
    void aClockThatIsSetMakesNobodySilent() {
        Session welcomed = session("welcomed");
        bridges.opened(welcomed);
        bridges.received(welcomed, HELLO, true);
        await().until(() -> !router.connected(ANNA).toCompletableFuture().join().isEmpty());

        now = now.plus(Duration.ofHours(1));
        bridges.opened(session("stranger"));
        await().until(() -> closed.containsKey("stranger"));
        bridges.opened(session("another"));
        now = now.minus(Duration.ofHours(2));
        await().until(() -> closed.containsKey("another"));

        assertThat(closed).isEqualTo(Map.of("stranger", 4408, "another", 4408));
    }

    private Session session(String id) {
        return (Session) Proxy.newProxyInstance(
                Session.class.getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        int code = ((CloseReason) arguments[0]).getCloseCode().getCode();
                        closed.put(id, code);
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
