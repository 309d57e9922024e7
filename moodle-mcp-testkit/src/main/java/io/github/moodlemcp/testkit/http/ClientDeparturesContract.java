package io.github.moodlemcp.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.testkit.http.LateExchange.Step;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The rules of {@link io.github.moodlemcp.server.spi.ClientDepartures}, beside those of {@link LateAnswerContract}: extend it
 * for a container that notices departures at once. Each test is named for its rule.
 */
public abstract class ClientDeparturesContract extends LateAnswerContract {

    /** For the subclass alone. */
    protected ClientDeparturesContract() {}

    @Test
    @DisplayName("GONE-1: a client that leaves while its answer is waited for is noticed")
    void gone1() throws Exception {
        LateExchange exchange = exchange("a");
        try (HttpSocket client = connect()) {
            client.send(HttpSocket.post("/late/a", "{}"));
            await(exchange.arrived);
            assertThat(exchange.gone).isNotDone();
        }
        await(exchange.gone);
        exchange.next(new Step.Json("{}"));
    }

    @Test
    @DisplayName("GONE-2: a client that leaves a silent stream is noticed")
    void gone2() throws Exception {
        LateExchange exchange = exchange("a");
        try (HttpSocket client = connect()) {
            client.send(HttpSocket.post("/late/a", "{}"));
            exchange.next(new Step.Event(": waiting"));
            client.readHead();
            assertThat(client.readEvent()).isEqualTo(": waiting\n\n");
            assertThat(exchange.gone).isNotDone();
        }
        await(exchange.gone);
        exchange.next(new Step.End());
    }

    @Test
    @DisplayName("GONE-3: a connection that is reset is noticed")
    void gone3() throws Exception {
        LateExchange exchange = exchange("a");
        try (HttpSocket client = connect()) {
            client.send(HttpSocket.post("/late/a", "{}"));
            await(exchange.arrived);
            client.reset();
        }
        await(exchange.gone);
        exchange.next(new Step.Json("{}"));
    }

    @Test
    @DisplayName(
            "GONE-4: a client that leaves after its answer, or with its next request, is no departure of the answered")
    void gone4() throws Exception {
        try (HttpSocket client = connect()) {
            exchange("a").next(new Step.Json("{\"a\":1}"));
            client.send(HttpSocket.post("/late/a", "{}"));
            assertThat(client.readBody(client.readHead())).isEqualTo("{\"a\":1}");
            client.send(HttpSocket.post("/late/b", "{}"));
            await(exchange("b").arrived);
        }
        await(exchange("b").gone);
        assertThat(exchange("a").gone).isNotDone();
        exchange("b").next(new Step.Json("{}"));
    }

    @Test
    @DisplayName("GONE-5: a client that leaves is noticed at a request that came early, too")
    void gone5() throws Exception {
        try (HttpSocket client = connect()) {
            client.send(HttpSocket.post("/late/a", "{}"));
            await(exchange("a").arrived);
            client.send(HttpSocket.post("/late/b", "{}"));
            afterOthers();
            exchange("a").next(new Step.Json("{\"a\":1}"));
            assertThat(client.readBody(client.readHead())).isEqualTo("{\"a\":1}");
            await(exchange("b").arrived);
        }
        await(exchange("b").gone);
        assertThat(exchange("a").gone).isNotDone();
        exchange("b").next(new Step.Json("{}"));
    }

    @Test
    @DisplayName("GONE-6: how the body was sent makes no difference")
    void gone6() throws Exception {
        LateExchange exchange = exchange("a");
        try (HttpSocket client = connect()) {
            client.send("POST /late/a HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n");
            client.send("1\r\n}\r\n0\r\n\r\n");
            assertThat(await(exchange.arrived)).isEqualTo("{}");
        }
        await(exchange.gone);
        exchange.next(new Step.Json("{}"));
    }
}
