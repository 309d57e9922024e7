package io.github.moodlemcp.testkit.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** One answer of a fake issuer, and how it is sent. */
record Answer(int status, Map<String, String> headers, String body, Manner manner) {
    private static final int DRIP_MILLIS = 100;

    /** How an answer is sent. */
    enum Manner {
        WHOLE,
        /** A byte at a time. */
        DRIP,
        /** With blanks behind it, until nobody listens any more. */
        ENDLESS,
        ZIPPED
    }

    Answer {
        headers = Map.copyOf(headers);
    }

    static Answer json(int status, String body) {
        return new Answer(status, Map.of("Content-Type", "application/json"), body, Manner.WHOLE);
    }

    static Answer page(int status, String body) {
        return new Answer(status, Map.of("Content-Type", "text/html; charset=utf-8"), body, Manner.WHOLE);
    }

    static Answer redirect(String location) {
        return new Answer(302, Map.of("Location", location), "", Manner.WHOLE);
    }

    Answer withManner(Manner next) {
        return new Answer(status, headers, body, next);
    }

    void send(HttpExchange exchange) throws IOException {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Cache-Control", "no-store");
        byte[] bytes = body.getBytes(UTF_8);
        switch (manner) {
            case WHOLE -> write(exchange, all, bytes);
            case ZIPPED -> {
                all.put("Content-Encoding", "gzip");
                write(exchange, all, zipped(bytes));
            }
            case DRIP -> drip(exchange, all, bytes);
            case ENDLESS -> flood(exchange, all, bytes);
        }
    }

    private void write(HttpExchange exchange, Map<String, String> all, byte[] bytes) throws IOException {
        all.forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private void drip(HttpExchange exchange, Map<String, String> all, byte[] bytes) throws IOException {
        all.forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(status, 0);
        OutputStream out = exchange.getResponseBody();
        for (byte one : bytes) {
            out.write(one);
            out.flush();
            try {
                Thread.sleep(DRIP_MILLIS);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void flood(HttpExchange exchange, Map<String, String> all, byte[] bytes) throws IOException {
        all.forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(status, 0);
        OutputStream out = exchange.getResponseBody();
        out.write(bytes);
        byte[] blanks = " ".repeat(1 << 16).getBytes(UTF_8);
        while (!Thread.currentThread().isInterrupted()) {
            out.write(blanks);
        }
    }

    private static byte[] zipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        }
        return zipped.toByteArray();
    }
}
