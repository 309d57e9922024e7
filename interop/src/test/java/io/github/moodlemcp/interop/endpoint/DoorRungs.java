package io.github.moodlemcp.interop.endpoint;

import static io.github.moodlemcp.interop.endpoint.Rung.CANARY;
import static io.github.moodlemcp.interop.endpoint.Rung.rung;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.moodlemcp.interop.wire.Ask;
import io.github.moodlemcp.interop.wire.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What is judged before the body is looked at: host, origin, token, method, media types, length. */
final class DoorRungs {
    private static final Ask HELLO = Ask.call("echo", "{\"text\": \"hello\"}");
    private static final Ask NOBODY = HELLO.without("Authorization");
    private static final String GREETED = """
            {"content": [{"type": "text", "text": "hello"}]}
            """;
    private static final String METADATA =
            "resource_metadata=\"http://127.0.0.1/.well-known/oauth-protected-resource/mcp\"";
    private static final String CHALLENGE = "www-authenticate";
    private static final int MEBIBYTE = 1 << 20;

    private DoorRungs() {}

    static List<Rung> all() {
        return Stream.of(hosts(), tokens(), methods(), paths(), mediaTypes(), lengths())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Rung> hosts() {
        return List.of(
                rung("0 another host", HELLO.with("Host", CANARY + ".example"), 403)
                        .problem("forbidden_host"),
                rung("0 a loopback host and any port", HELLO.with("Host", "localhost:1234"), 200)
                        .result(GREETED),
                rung("0 another origin", HELLO.with("Origin", "https://" + CANARY + ".example"), 403)
                        .problem("forbidden_origin"),
                rung("0 an opaque origin", HELLO.with("Origin", "null"), 403).problem("forbidden_origin"),
                rung("0 an origin that begins like ours", HELLO.with("Origin", "http://127.0.0.1.example"), 403)
                        .problem("forbidden_origin"),
                rung("0 a loopback origin", HELLO.with("Origin", "http://localhost:1234"), 200)
                        .result(GREETED),
                rung("0 another host, without a token", NOBODY.with("Host", "other.example"), 403)
                        .problem("forbidden_host"),
                rung("0 another origin, without a token", NOBODY.with("Origin", "https://other.example"), 403)
                        .problem("forbidden_origin"));
    }

    private static List<Rung> tokens() {
        List<Rung> rungs = new ArrayList<>(List.of(
                rung("0b no token", NOBODY, 401)
                        .problem("unauthorized")
                        .header(CHALLENGE, "Bearer " + METADATA + ", scope=\"moodle:write\""),
                rung("0b an unknown token", HELLO.by(CANARY), 401)
                        .problem("invalid_token")
                        .header(CHALLENGE, "Bearer error=\"invalid_token\", " + METADATA + ", scope=\"moodle:write\""),
                rung("0b an endless token", HELLO.by("x".repeat(5000)), 401).problem("invalid_token"),
                rung("0b another scheme", HELLO.with("Authorization", "Basic YTpi"), 401)
                        .problem("unauthorized"),
                rung("0b a token in the address", NOBODY.path("/mcp?access_token=" + Endpoint.ANNA), 401)
                        .problem("unauthorized"),
                rung("0b the scheme in capitals", HELLO.with("Authorization", "BEARER " + Endpoint.ANNA), 200)
                        .result(GREETED),
                rung("0b a token that cannot be checked now", HELLO.by(Endpoint.UNCHECKED), 503)
                        .problem("temporarily_unavailable")
                        .header("retry-after", "5"),
                rung("0b a token whose check fails", HELLO.by(Endpoint.BREAKING), 503)
                        .problem("temporarily_unavailable"),
                rung("0b a scope that the token does not cover", Ask.call("write", "{}"), 403)
                        .error(-32600)
                        .header(CHALLENGE, "Bearer error=\"insufficient_scope\", scope=\"moodle:write\", " + METADATA),
                rung("0b no token, and a body that is too long", NOBODY.body(new byte[MEBIBYTE + 1]), 401)
                        .problem("unauthorized"),
                rung("0b no token, and no JSON", NOBODY.with("Content-Type", "text/plain"), 401)
                        .problem("unauthorized")));
        for (String method : List.of("GET", "PUT", "DELETE", "PATCH", "OPTIONS")) {
            rungs.add(rung("0b no token, by " + method, Ask.bare(method).without("Authorization"), 401)
                    .problem("unauthorized")
                    .headerContains(CHALLENGE, METADATA));
        }
        rungs.add(rung("0b no token, by HEAD", Ask.bare("HEAD").without("Authorization"), 401)
                .headerContains(CHALLENGE, METADATA));
        return rungs;
    }

    private static List<Rung> methods() {
        return List.of(
                rung("1 GET", Ask.bare("GET"), 405)
                        .problem("method_not_allowed")
                        .header("allow", "POST, DELETE"),
                rung("1 GET with a modern header", Ask.bare("GET").with("MCP-Protocol-Version", Ask.MODERN), 405)
                        .problem("method_not_allowed"),
                rung("1 DELETE", Ask.bare("DELETE"), 405).problem("method_not_allowed"),
                rung("1 HEAD", Ask.bare("HEAD"), 405),
                rung("1 HEAD of the older stream", Ask.bare("HEAD").path("/mcp/sse"), 405),
                rung("1 PUT", HELLO.method("PUT"), 405).headerContains("allow", "POST"),
                rung("1 PATCH", HELLO.method("PATCH"), 405).headerContains("allow", "POST"));
    }

    /** However the path is written, nothing is answered without a token. */
    private static List<Rung> paths() {
        return List.of(
                rung("1 a matrix parameter", NOBODY.path("/mcp;a=b"), 401).problem("unauthorized"),
                rung("1 an escaped letter", NOBODY.path("/%6dcp"), 401).problem("unauthorized"),
                rung("1 a slash at the end", NOBODY.path("/mcp/"), 401).problem("unauthorized"),
                rung("1 something below", NOBODY.path("/mcp/" + CANARY), 401).problem("unauthorized"),
                rung("1 something below, with a token", HELLO.path("/mcp/" + CANARY), 404),
                rung("1 capitals", HELLO.path("/MCP"), 404));
    }

    private static List<Rung> mediaTypes() {
        return List.of(
                rung("2 no content type", HELLO.without("Content-Type"), 415).problem("unsupported_media_type"),
                rung("2 text", HELLO.with("Content-Type", "text/plain"), 415).problem("unsupported_media_type"),
                rung("2 no media type at all", HELLO.with("Content-Type", CANARY), 415, 400),
                rung("2 JSON of some other kind", HELLO.with("Content-Type", "application/json-seq"), 415)
                        .problem("unsupported_media_type"),
                rung("2 a charset", HELLO.with("Content-Type", "Application/JSON; charset=utf-8"), 200)
                        .result(GREETED),
                rung("2 a compressed body", HELLO.with("Content-Encoding", "gzip"), 415)
                        .problem("unsupported_encoding"),
                rung("2 accepts nothing in particular", HELLO.without("Accept"), 200)
                        .result(GREETED),
                rung("2 accepts everything", HELLO.with("Accept", "*/*"), 200).result(GREETED),
                rung("2 accepts JSON alone", HELLO.with("Accept", "application/json"), 200)
                        .result(GREETED),
                rung("2 accepts events alone", HELLO.with("Accept", "text/event-stream"), 200)
                        .result(GREETED),
                rung("2 accepts neither", HELLO.with("Accept", "image/png"), 200)
                        .result(GREETED),
                rung("2 accepts what is no media type", HELLO.with("Accept", CANARY + ";;q=x"), 200, 400));
    }

    private static List<Rung> lengths() {
        String spaces = " ".repeat(MEBIBYTE - HELLO.body().length);
        String full = new String(HELLO.body(), UTF_8) + spaces;
        Ask chunked = HELLO.with("Transfer-Encoding", "chunked");
        return List.of(
                rung("2 a body of 1 MiB", HELLO.body(full), 200).result(GREETED),
                rung("2 a body of 1 MiB in chunks", chunked.body(chunk(full) + "0\r\n\r\n"), 200)
                        .result(GREETED),
                rung("2 a body of 1 MiB and one byte", HELLO.body(full + " "), 413)
                        .problem("body_too_large"),
                rung("2 the same in chunks", chunked.body(chunk(full + " ") + "0\r\n\r\n"), 413)
                        .problem("body_too_large"),
                rung("2 a body without end in chunks", chunked.body(chunk(full) + chunk(full)), 413)
                        .problem("body_too_large"),
                rung("2 a length that is too long", HELLO.with("Content-Length", "2147483647"), 413)
                        .problem("body_too_large"),
                rung("2 a length beyond all numbers", HELLO.with("Content-Length", "99999999999"), 413, 400));
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }
}
