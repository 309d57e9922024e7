package io.github.moodlemcp.interop.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.moodlemcp.interop.wire.Ask;
import io.github.moodlemcp.interop.wire.Endpoint;
import io.github.moodlemcp.interop.wire.Json;
import io.github.moodlemcp.interop.wire.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;

/** A request, mostly a wrong one, and what must come of it. Immutable. */
final class Rung {

    /** What clients put where it might come back in an answer. */
    static final String CANARY = "c4nary";

    private static final Pattern LEAK = Pattern.compile(
            "(?i)java\\.|jakarta|Exception|\\bat [a-z]+\\.[a-z]|stack ?trace|resteasy|jersey|grizzly|jetty|moodlemcp/?\\.|"
                    + CANARY);

    private final String name;
    private final Ask ask;
    private final List<Expectation> expectations;

    private Rung(String name, Ask ask, List<Expectation> expectations) {
        this.name = name;
        this.ask = ask;
        this.expectations = expectations;
    }

    @FunctionalInterface
    private interface Expectation {
        void check(Reply reply);
    }

    static Rung rung(String name, Ask ask, int status) {
        return new Rung(name, ask, List.of(reply -> {
            assertThat(reply.status()).isEqualTo(status);
            checkForm(reply);
        }));
    }

    /** Either the container refuses it, or it is judged here. */
    static Rung rung(String name, Ask ask, int status, int byContainer) {
        return new Rung(name, ask, List.of(reply -> {
            assertThat(reply.status()).isIn(status, byContainer);
            if (reply.status() == status) {
                checkForm(reply);
            }
        }));
    }

    private Rung and(Expectation expectation) {
        List<Expectation> more = new ArrayList<>(expectations);
        more.add(expectation);
        return new Rung(name, ask, more);
    }

    /** It ends in this error of JSON-RPC. */
    Rung error(int code) {
        return and(reply -> assertThat(reply.error().path("code").asInt()).isEqualTo(code));
    }

    /** The error carries this, and no more. */
    Rung data(String data) {
        return and(reply -> assertThat(reply.error().path("data")).isEqualTo(Json.of(data)));
    }

    /** The error carries nothing but its sentence. */
    Rung noData() {
        return and(reply -> assertThat(reply.error().has("data")).isFalse());
    }

    /** The answer is to this request. */
    Rung id(String id) {
        return and(reply -> assertThat(reply.json().path("id")).isEqualTo(Json.of(id)));
    }

    /** The answer is to nothing that could be read. */
    Rung noId() {
        return and(reply -> assertThat(reply.json().has("id")).isFalse());
    }

    /** It is refused before any protocol is spoken, by this word. */
    Rung problem(String word) {
        return and(reply -> {
            assertThat(reply.json().path("error").textValue()).isEqualTo(word);
            assertThat(reply.json().path("error_description").asText()).isNotEmpty();
        });
    }

    /** It is answered by a result with these members. */
    Rung result(String members) {
        return and(reply -> Json.of(members)
                .properties()
                .forEach(member -> assertThat(reply.result().path(member.getKey()))
                        .as(member.getKey())
                        .isEqualTo(member.getValue())));
    }

    Rung header(String header, String value) {
        return and(reply -> assertThat(reply.header(header)).as(header).isEqualTo(value));
    }

    Rung headerContains(String header, String value) {
        return and(reply -> assertThat(reply.header(header)).as(header).contains(value));
    }

    Rung says(String text) {
        return and(reply -> assertThat(reply.body()).contains(text));
    }

    Rung silent() {
        return and(reply -> assertThat(reply.body()).isEmpty());
    }

    DynamicTest on(Endpoint endpoint) {
        return DynamicTest.dynamicTest(name, () -> check(endpoint));
    }

    private void check(Endpoint endpoint) throws IOException {
        Reply reply = endpoint.send(ask);
        assertThat(reply.body()).doesNotContainPattern(LEAK);
        assertThat(headers(reply)).doesNotContainPattern(LEAK);
        for (Expectation expectation : expectations) {
            expectation.check(reply);
        }
    }

    private static String headers(Reply reply) {
        return reply.head().headers().entrySet().stream()
                .filter(header -> !header.getKey().equals("server"))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining("\n"));
    }

    /** An answer of the server's own states its length, is kept by nobody, and has a result or an error. */
    private static void checkForm(Reply reply) {
        if (!reply.header("content-type").startsWith("application/json")) {
            return;
        }
        assertThat(reply.header("content-length")).isNotEmpty();
        assertThat(reply.header("cache-control")).isEqualTo("no-store");
        assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
        JsonNode body = reply.body().isEmpty() ? MissingNode.getInstance() : Json.of(reply.body());
        if (body.has("jsonrpc")) {
            assertThat(body.has("result")).isNotEqualTo(body.has("error"));
            assertThat(body.has("id") || body.has("error")).isTrue();
        }
    }
}
