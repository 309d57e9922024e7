package io.github.moodlemcp.testkit.moodle;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request.
 *
 * @param path the path as sent, decoded
 * @param host the Host header, empty when there was none
 * @param origin the Origin header
 * @param body at most {@link #MAX_BODY} bytes
 */
record WebRequest(
        String method,
        String path,
        Map<String, String> query,
        Map<String, String> cookies,
        String host,
        @Nullable String origin,
        byte[] body) {
    static final int MAX_BODY = 1 << 20;

    /** Reads the request; empty when its body is over the limit. */
    static @Nullable WebRequest read(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            return null;
        }
        var headers = exchange.getRequestHeaders();
        String path = exchange.getRequestURI().getPath();
        return new WebRequest(
                exchange.getRequestMethod(),
                path == null || path.isEmpty() ? "/" : path,
                pairs(Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "")),
                cookies(headers.getOrDefault("Cookie", List.of())),
                Objects.requireNonNullElse(headers.getFirst("Host"), ""),
                headers.getFirst("Origin"),
                body);
    }

    /** The same request with the path as seen from below a prefix. */
    WebRequest below(String prefix) {
        String rest = path.substring(prefix.length());
        return new WebRequest(method, rest.isEmpty() ? "/" : rest, query, cookies, host, origin, body);
    }

    Map<String, String> form() {
        return pairs(new String(body, StandardCharsets.UTF_8));
    }

    boolean isPost() {
        return method.equals("POST");
    }

    String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    /** A numeric query parameter, 0 when it is absent or not a number. */
    long number(String name) {
        String value = parameter(name);
        return value.matches("\\d{1,18}") ? Long.parseLong(value) : 0;
    }

    static Map<String, String> pairs(String encoded) {
        Map<String, String> pairs = new HashMap<>();
        for (String pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return Map.copyOf(pairs);
    }

    private static String decode(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return encoded;
        }
    }

    private static Map<String, String> cookies(List<String> headers) {
        Map<String, String> cookies = new HashMap<>();
        for (String cookie : String.join(";", headers).split(";")) {
            String[] parts = cookie.strip().split("=", 2);
            if (parts.length == 2) {
                cookies.putIfAbsent(parts[0], parts[1]);
            }
        }
        return Map.copyOf(cookies);
    }
}
