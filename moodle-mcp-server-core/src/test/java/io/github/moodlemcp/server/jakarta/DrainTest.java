package io.github.moodlemcp.server.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.bridge.InProcessCommandRouter;
import io.github.moodlemcp.server.Caller;
import io.github.moodlemcp.server.ServerOptions;
import io.github.moodlemcp.server.spi.ConnectionLog;
import io.github.moodlemcp.server.spi.TokenVerification;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import java.net.URI;
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
    private final Bridges bridges = new Bridges(
            ServerOptions.builder(URI.create("http://localhost")).build(),
            token -> new TokenVerification.Verified(new Caller(new AccountId("anna"), "token", Set.of())),
            new InProcessCommandRouter(),
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
                        default -> null;
                    };
                });
    }
}
