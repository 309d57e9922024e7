package io.github.moodlemcp.interop.endpoint;

import static io.github.moodlemcp.interop.endpoint.Rung.CANARY;
import static io.github.moodlemcp.interop.endpoint.Rung.rung;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.moodlemcp.interop.wire.Ask;
import io.github.moodlemcp.interop.wire.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the revisions with a handshake refuse, and what they let pass. */
final class LegacyRungs {
    private static final String SESSION_ID = "Mcp-Session-Id";
    private static final String VERSION = "MCP-Protocol-Version";
    private static final Ask PING = Ask.legacy(1, "ping", "{}");
    private static final String NOTIFICATION = """
            {"jsonrpc": "2.0", "method": "notifications/initialized"}
            """;
    private static final String RESPONSE = """
            {"jsonrpc": "2.0", "id": "c4nary", "result": {}}
            """;
    private static final int INVALID_REQUEST = -32600;
    private static final int METHOD_NOT_FOUND = -32601;
    private static final int INVALID_PARAMS = -32602;

    private LegacyRungs() {}

    /** @param lost an id that was ended */
    static List<Rung> all(String session20250326, String session20251125, String lost) {
        return Stream.of(
                        versions(session20251125),
                        sessions(session20251125, lost),
                        batches(session20250326, session20251125),
                        methods(session20251125),
                        olderStream())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Rung> versions(String session) {
        return List.of(
                rung("an older version nobody knows", PING.with(VERSION, "2025-01-01"), 400)
                        .error(INVALID_REQUEST)
                        .id("1"),
                rung("the same in a session", PING.with(VERSION, "2025-01-01").with(SESSION_ID, session), 400)
                        .error(INVALID_REQUEST),
                rung("no version, no session", PING, 200).result("{}"),
                rung(
                        "another version than the session's",
                        PING.with(VERSION, "2025-06-18").with(SESSION_ID, session),
                        200),
                rung("a handshake in a version nobody knows", Ask.initialize("1999-01-01", "{}"), 200)
                        .result("{\"protocolVersion\": \"2025-11-25\"}"),
                rung("a handshake in the newest version", Ask.initialize("2026-07-28", "{}"), 200)
                        .result("{\"protocolVersion\": \"2025-11-25\"}"),
                rung("a handshake that says nothing", Ask.legacy(0, "initialize", "{}"), 200)
                        .result("{\"protocolVersion\": \"2025-11-25\"}")
                        .id("0"),
                rung("a handshake in the oldest version", Ask.initialize("2024-11-05", "{}"), 200)
                        .result("""
                        {"protocolVersion": "2024-11-05", "serverInfo": {"name": "toys", "version": "1.0.0"},
                         "capabilities": {"tools": {}, "resources": {}, "prompts": {}}}
                        """));
    }

    private static List<Rung> sessions(String session, String lost) {
        List<Rung> rungs = new ArrayList<>();
        String altered = (session.charAt(0) == 'f' ? "e" : "f") + session.substring(1);
        List<String> unknown = List.of(
                CANARY, lost, altered, session.substring(0, session.length() - 2), session + "AA", "x".repeat(4000));
        for (int i = 0; i < unknown.size(); i++) {
            rungs.add(rung("a lost session, " + i, PING.with(SESSION_ID, unknown.get(i)), 404)
                    .error(INVALID_REQUEST)
                    .id("1"));
        }
        rungs.addAll(List.of(
                rung(
                                "a session of another account",
                                PING.with(SESSION_ID, session).by(Endpoint.BEN),
                                404)
                        .error(INVALID_REQUEST),
                rung("a notification in a lost session", Ask.post(NOTIFICATION).with(SESSION_ID, lost), 404)
                        .error(INVALID_REQUEST),
                rung("a response in a lost session", Ask.post(RESPONSE).with(SESSION_ID, lost), 404)
                        .error(INVALID_REQUEST),
                rung(
                                "an array in a lost session",
                                Ask.post("[" + NOTIFICATION + "]").with(SESSION_ID, lost),
                                404)
                        .error(INVALID_REQUEST),
                rung("the stream of a lost session", Ask.bare("GET").with(SESSION_ID, lost), 404)
                        .error(INVALID_REQUEST),
                rung("the end of a lost session", Ask.bare("DELETE").with(SESSION_ID, lost), 404)
                        .error(INVALID_REQUEST),
                rung(
                                "the end of another's session",
                                Ask.bare("DELETE").with(SESSION_ID, session).by(Endpoint.BEN),
                                404)
                        .error(INVALID_REQUEST),
                rung("which goes on", PING.with(SESSION_ID, session), 200).result("{}"),
                rung(
                                "a new handshake in a lost session",
                                Ask.initialize("2025-11-25", "{}").with(SESSION_ID, lost),
                                200)
                        .result("{\"protocolVersion\": \"2025-11-25\"}"),
                rung(
                                "the stream of a session where nothing changes",
                                Ask.bare("GET").with(SESSION_ID, session),
                                405)
                        .problem("method_not_allowed"),
                rung("a notification", Ask.post(NOTIFICATION).with(SESSION_ID, session), 202)
                        .silent(),
                rung("a response to nothing", Ask.post(RESPONSE).with(SESSION_ID, session), 202)
                        .silent(),
                rung("the cancellation of nothing", Ask.post("""
                        {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": {}}}
                        """).with(SESSION_ID, session), 202)
                        .silent()));
        return rungs;
    }

    private static List<Rung> batches(String ofBatches, String later) {
        String ping = new String(PING.body(), UTF_8);
        Ask batch = Ask.post("[" + ping + "," + NOTIFICATION + "]");
        String many = "[" + (ping + ",").repeat(100) + ping + "]";
        String modern = new String(Ask.modern("server/discover", "{}").body(), UTF_8);
        return List.of(
                rung("an array under 2025-06-18", batch.with(VERSION, "2025-06-18"), 400)
                        .error(INVALID_REQUEST)
                        .noId(),
                rung("an array under 2025-11-25", batch.with(VERSION, "2025-11-25"), 400)
                        .error(INVALID_REQUEST),
                rung("an array in a session of 2025-11-25", batch.with(SESSION_ID, later), 400)
                        .error(INVALID_REQUEST),
                rung("an empty array", Ask.post("[]"), 400)
                        .error(INVALID_REQUEST)
                        .noId(),
                rung("an array of too many", Ask.post(many), 400).error(INVALID_REQUEST),
                rung("an array with a modern request", Ask.post("[" + ping + "," + modern + "]"), 400)
                        .error(INVALID_REQUEST),
                rung("an array in an array", Ask.post("[[" + ping + "]]"), 200).says("\"code\":-32600"),
                rung("an array in its revision", batch.with(SESSION_ID, ofBatches), 200)
                        .says("[{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}]"),
                rung("an array with something that is no message", Ask.post("[5," + ping + "]"), 200)
                        .says("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32600")
                        .says("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"),
                rung("an array of notifications", Ask.post("[" + NOTIFICATION + "," + RESPONSE + "]"), 202)
                        .silent());
    }

    private static List<Rung> methods(String session) {
        List<Rung> rungs = new ArrayList<>();
        for (String method : List.of(
                "logging/setLevel",
                "resources/subscribe",
                "resources/unsubscribe",
                "server/discover",
                "subscriptions/listen",
                "tasks/get")) {
            rungs.add(rung(
                            method + ", which is not served",
                            Ask.legacy(1, method, "{\"uri\": \"toy://note\"}").with(SESSION_ID, session),
                            200)
                    .error(METHOD_NOT_FOUND)
                    .id("1"));
        }
        rungs.addAll(List.of(
                rung("an unknown method", Ask.legacy(1, CANARY, "{}"), 200).error(METHOD_NOT_FOUND),
                rung("an unknown tool", Ask.legacy(1, "tools/call", "{\"name\": \"c4nary\"}"), 200)
                        .error(INVALID_PARAMS),
                rung("an unknown resource", Ask.legacy(1, "resources/read", "{\"uri\": \"toy://other\"}"), 200)
                        .error(-32002)
                        .data("{\"uri\": \"toy://other\"}"),
                rung("a tool that always makes tasks", Ask.legacy(1, "tools/call", "{\"name\": \"work\"}"), 200)
                        .error(-32021),
                rung("a defect", Ask.legacy(1, "tools/call", "{\"name\": \"defect\"}"), 200)
                        .error(-32603)
                        .says("incident"),
                rung("a scope that is missing", Ask.legacy(1, "tools/call", "{\"name\": \"write\"}"), 403)
                        .error(INVALID_REQUEST)
                        .headerContains("www-authenticate", "insufficient_scope")));
        return rungs;
    }

    private static List<Rung> olderStream() {
        return List.of(
                rung("a message for no stream", PING.path("/mcp/messages"), 404).problem("unknown_stream"),
                rung("a message for an unknown stream", PING.path("/mcp/messages?sessionId=" + CANARY), 404)
                        .problem("unknown_stream"),
                rung("a message for an ill-formed stream", PING.path("/mcp/messages?sessionId=%00.%ff"), 404)
                        .problem("unknown_stream"),
                rung(
                                "the older stream without a token",
                                Ask.bare("GET").path("/mcp/sse").without("Authorization"),
                                401)
                        .problem("unauthorized"),
                rung("its messages without a token", PING.path("/mcp/messages").without("Authorization"), 401)
                        .problem("unauthorized"),
                rung("a message by GET", Ask.bare("GET").path("/mcp/messages"), 405),
                rung("a stream by POST", PING.path("/mcp/sse"), 405));
    }
}
