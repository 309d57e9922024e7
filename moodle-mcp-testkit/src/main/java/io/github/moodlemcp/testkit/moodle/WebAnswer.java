package io.github.moodlemcp.testkit.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** One HTTP answer; {@code headers} holds what differs from answer to answer. */
record WebAnswer(int status, Map<String, String> headers, String body) {
    private static final String TYPE = "Content-Type";

    WebAnswer {
        headers = Map.copyOf(headers);
    }

    static WebAnswer html(int status, String body) {
        return new WebAnswer(status, Map.of(TYPE, "text/html; charset=utf-8"), body);
    }

    static WebAnswer json(int status, JsonNode body) {
        return new WebAnswer(status, Map.of(TYPE, "application/json; charset=utf-8"), PhpJson.write(body));
    }

    static WebAnswer seeOther(String location) {
        return new WebAnswer(303, Map.of("Location", location, TYPE, "text/html; charset=utf-8"), "");
    }

    WebAnswer with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new WebAnswer(status, more, body);
    }

    boolean has(String header) {
        return headers.containsKey(header);
    }

    void send(HttpExchange exchange) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        var sent = exchange.getResponseHeaders();
        headers.forEach(sent::set);
        sent.set("Cache-Control", "no-store");
        sent.set("X-Content-Type-Options", "nosniff");
        sent.set("X-Frame-Options", "SAMEORIGIN");
        boolean withoutBody = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, withoutBody ? -1 : bytes.length);
        if (!withoutBody) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
