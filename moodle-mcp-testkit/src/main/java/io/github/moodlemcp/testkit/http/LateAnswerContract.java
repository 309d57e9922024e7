package io.github.moodlemcp.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.server.spi.ClientDepartures;
import io.github.moodlemcp.testkit.http.HttpSocket.Head;
import io.github.moodlemcp.testkit.http.LateExchange.Step;
import jakarta.ws.rs.core.Feature;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What the MCP endpoint expects of a container: extend it for yours. Each test is named for its rule, and releases what the
 * server answers next only when the client has read what came before.
 */
public abstract class LateAnswerContract {
    /** More than twice the selectors a container has on a small machine. */
    private static final int OTHERS = 20;

    private static final String BUFFER = "jersey.config.server.contentLength.buffer";

    private LateResource resource;
    private AutoCloseable container;
    private int port;

    /** For the subclass alone. */
    protected LateAnswerContract() {}

    /** Starts the container on a free port of 127.0.0.1, with these resources and features. */
    protected abstract Running start(Set<Object> restComponents) throws Exception;

    /** What the container knows of departures. */
    protected abstract ClientDepartures departures();

    /** Ends a container, and its port. */
    public record Running(AutoCloseable container, int port) {}

    @BeforeEach
    void startContainer() throws Exception {
        resource = new LateResource(departures());
        Set<Object> components = new LinkedHashSet<>();
        components.add(resource);
        components.add(new LateRequests());
        components.add((Feature) context -> {
            context.property(BUFFER, 0);
            return true;
        });
        Running running = start(components);
        container = running.container();
        port = running.port();
    }

    @AfterEach
    void stopContainer() throws Exception {
        container.close();
    }

    @Test
    @DisplayName("LATE-1: an answer that is there is one body of stated length")
    void late1() throws Exception {
        try (HttpSocket client = connect()) {
            exchange("a").next(new Step.Json("{\"done\":true}"));
            client.send(HttpSocket.post("/late/a", "{}"));

            Head head = client.readHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-type")).isEqualTo("application/json");
            assertThat(head.header("content-length")).isEqualTo("13");
            assertThat(head.header("transfer-encoding")).isEmpty();
            assertThat(client.readBody(head)).isEqualTo("{\"done\":true}");
        }
    }

    @Test
    @DisplayName("LATE-2: a stream begins, and each event arrives, before the next is known")
    void late2() throws Exception {
        try (HttpSocket client = connect()) {
            LateExchange exchange = exchange("a");
            client.send(HttpSocket.post("/late/a", "{}"));
            exchange.next(new Step.Event(": waiting"));

            Head head = client.readHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-type")).startsWith("text/event-stream");
            assertThat(head.header("content-length")).isEmpty();
            assertThat(client.readEvent()).isEqualTo(": waiting\n\n");
            exchange.next(new Step.Event("data: 1"));
            assertThat(client.readEvent()).isEqualTo("data: 1\n\n");
            exchange.next(new Step.Event("data: 2"));
            assertThat(client.readEvent()).isEqualTo("data: 2\n\n");
            exchange.next(new Step.End());
            assertThat(client.readChunk()).isEmpty();
        }
    }

    @Test
    @DisplayName("LATE-3: a connection serves the next request after an answer, and after a stream")
    void late3() throws Exception {
        try (HttpSocket client = connect()) {
            exchange("a").next(new Step.Json("{\"a\":1}"));
            client.send(HttpSocket.post("/late/a", "{}"));
            assertThat(client.readBody(client.readHead())).isEqualTo("{\"a\":1}");

            exchange("b").next(new Step.Event("data: b"));
            exchange("b").next(new Step.End());
            client.send(HttpSocket.post("/late/b", "{}"));
            client.readHead();
            assertThat(client.readEvent()).isEqualTo("data: b\n\n");
            assertThat(client.readChunk()).isEmpty();

            exchange("c").next(new Step.Json("{\"c\":1}"));
            client.send(HttpSocket.post("/late/c", "{}"));
            assertThat(client.readBody(client.readHead())).isEqualTo("{\"c\":1}");
        }
    }

    @Test
    @DisplayName("LATE-4: a request that comes while the one before waits for its answer is answered after it")
    void late4() throws Exception {
        try (HttpSocket client = connect()) {
            client.send(HttpSocket.post("/late/a", "{}"));
            await(exchange("a").arrived);
            client.send(HttpSocket.post("/late/b", "{\"early\":true}"));
            afterOthers();
            exchange("b").next(new Step.Json("{\"b\":1}"));
            exchange("a").next(new Step.Json("{\"a\":1}"));

            assertThat(client.readBody(client.readHead())).isEqualTo("{\"a\":1}");
            assertThat(await(exchange("b").arrived)).isEqualTo("{\"early\":true}");
            assertThat(client.readBody(client.readHead())).isEqualTo("{\"b\":1}");
        }
    }

    @Test
    @DisplayName("LATE-5: a request that comes in pieces during a stream is answered after it")
    void late5() throws Exception {
        try (HttpSocket client = connect()) {
            String next = HttpSocket.post("/late/b", "{\"early\":true}");
            client.send(HttpSocket.post("/late/a", "{}"));
            exchange("a").next(new Step.Event(": waiting"));
            client.readHead();
            assertThat(client.readEvent()).isEqualTo(": waiting\n\n");
            client.send(next.substring(0, 20));
            afterOthers();
            exchange("a").next(new Step.Event("data: 1"));
            assertThat(client.readEvent()).isEqualTo("data: 1\n\n");
            client.send(next.substring(20, next.length() - 4));
            afterOthers();
            exchange("a").next(new Step.End());
            assertThat(client.readChunk()).isEmpty();
            client.send(next.substring(next.length() - 4));

            assertThat(await(exchange("b").arrived)).isEqualTo("{\"early\":true}");
            exchange("b").next(new Step.Json("{\"b\":1}"));
            assertThat(client.readBody(client.readHead())).isEqualTo("{\"b\":1}");
        }
    }

    @Test
    @DisplayName("LATE-6: requests that come together, or early one after the other, are answered in their order")
    void late6() throws Exception {
        try (HttpSocket client = connect()) {
            client.send(HttpSocket.post("/late/a", "{}") + HttpSocket.post("/late/b", "{}"));
            await(exchange("a").arrived);
            client.send(HttpSocket.post("/late/c", "{}"));
            afterOthers();
            exchange("a").next(new Step.Json("{\"a\":1}"));
            assertThat(client.readBody(client.readHead())).isEqualTo("{\"a\":1}");
            await(exchange("b").arrived);
            client.send(HttpSocket.post("/late/d", "{}"));
            afterOthers();
            exchange("b").next(new Step.Json("{\"b\":1}"));
            assertThat(client.readBody(client.readHead())).isEqualTo("{\"b\":1}");
            exchange("c").next(new Step.Json("{\"c\":1}"));
            assertThat(client.readBody(client.readHead())).isEqualTo("{\"c\":1}");
            exchange("d").next(new Step.Json("{\"d\":1}"));
            assertThat(client.readBody(client.readHead())).isEqualTo("{\"d\":1}");
        }
    }

    @Test
    @DisplayName("LATE-7: a request whose head comes early and whose body comes earlier than it is read is answered")
    void late7() throws Exception {
        try (HttpSocket client = connect()) {
            String next = HttpSocket.post("/late/b", "{\"early\":true}");
            int body = next.indexOf('{');
            client.send(HttpSocket.post("/late/a", "{}") + next.substring(0, body));
            await(exchange("a").arrived);
            client.send(next.substring(body, body + 3));
            afterOthers();
            exchange("a").next(new Step.Event(": waiting"));
            client.readHead();
            assertThat(client.readEvent()).isEqualTo(": waiting\n\n");
            exchange("a").next(new Step.End());
            assertThat(client.readChunk()).isEmpty();
            client.send(next.substring(body + 3));

            assertThat(await(exchange("b").arrived)).isEqualTo("{\"early\":true}");
            exchange("b").next(new Step.Json("{\"b\":1}"));
            assertThat(client.readBody(client.readHead())).isEqualTo("{\"b\":1}");
        }
    }

    @Test
    @DisplayName("LATE-8: a request whose head comes early and whose body comes in time, in pieces, is answered")
    void late8() throws Exception {
        try (HttpSocket client = connect()) {
            String next = HttpSocket.post("/late/b", "{\"early\":true}");
            int body = next.indexOf('{');
            client.send(HttpSocket.post("/late/a", "{}") + next.substring(0, body));
            await(exchange("a").arrived);
            exchange("a").next(new Step.Json("{\"a\":1}"));
            assertThat(client.readBody(client.readHead())).isEqualTo("{\"a\":1}");
            for (String piece : next.substring(body).split("")) {
                afterAnother();
                client.send(piece);
            }

            assertThat(await(exchange("b").arrived)).isEqualTo("{\"early\":true}");
            exchange("b").next(new Step.Json("{\"b\":1}"));
            assertThat(client.readBody(client.readHead())).isEqualTo("{\"b\":1}");
        }
    }

    @Test
    @DisplayName("LATE-9: writing to a client that has gone fails, sooner or later")
    void late9() throws Exception {
        LateExchange exchange = exchange("a");
        try (HttpSocket client = connect()) {
            client.send(HttpSocket.post("/late/a", "{}"));
            exchange.next(new Step.Event(": waiting"));
            client.readHead();
            client.readEvent();
            client.reset();
        }
        Awaitility.await().untilAsserted(() -> {
            exchange.next(new Step.Event(": still waiting"));
            assertThat(exchange.writeFailed).isCompleted();
        });
    }

    /** Returns when what was sent before has been read, if the container reads it at all: later requests were answered. */
    final void afterOthers() throws Exception {
        for (int i = 0; i < OTHERS; i++) {
            afterAnother();
        }
    }

    private void afterAnother() throws Exception {
        try (HttpSocket other = connect()) {
            exchange("other").next(new Step.Json("{}"));
            other.send(HttpSocket.post("/late/other", "{}"));
            other.readBody(other.readHead());
        }
    }

    final HttpSocket connect() throws IOException {
        return new HttpSocket(port);
    }

    final LateExchange exchange(String name) {
        return resource.exchange(name);
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }
}
