package io.github.moodlemcp.testkit.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** One HTTP answer; {@code headers} holds what differs from answer to answer. */
record WebAnswer(int status, Map<String, String> headers, byte[] body) {
    private static final String TYPE = "Content-Type";

    WebAnswer {
        headers = Map.copyOf(headers);
    }

    static WebAnswer html(int status, String body) {
        return new WebAnswer(status, Map.of(TYPE, "text/html; charset=utf-8"), utf8(body));
    }

    static WebAnswer json(int status, JsonNode body) {
        return new WebAnswer(status, Map.of(TYPE, "application/json; charset=utf-8"), utf8(PhpJson.write(body)));
    }

    /** A file to keep, as Moodle gives it when it is not to be shown. */
    static WebAnswer file(byte[] bytes) {
        return new WebAnswer(200, Map.of(TYPE, "application/octet-stream", "Content-Disposition", "attachment"), bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static WebAnswer seeOther(String location) {
        return new WebAnswer(303, Map.of("Location", location, TYPE, "text/html; charset=utf-8"), new byte[0]);
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
        var sent = exchange.getResponseHeaders();
        headers.forEach(sent::set);
        sent.set("Cache-Control", "no-store");
        sent.set("X-Content-Type-Options", "nosniff");
        sent.set("X-Frame-Options", "SAMEORIGIN");
        boolean withoutBody = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, withoutBody ? -1 : body.length);
        if (!withoutBody) {
            exchange.getResponseBody().write(body);
        }
    }
}
