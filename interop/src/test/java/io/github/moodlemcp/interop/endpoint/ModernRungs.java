package io.github.moodlemcp.interop.endpoint;

import static io.github.moodlemcp.interop.endpoint.Rung.CANARY;
import static io.github.moodlemcp.interop.endpoint.Rung.rung;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.moodlemcp.interop.wire.Ask;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The ladder of revision 2026-07-28 up to the method, rung by rung, and what the eras have to do with each other. */
final class ModernRungs {
    private static final Ask HELLO = Ask.call("echo", "{\"text\": \"hello\"}");
    private static final String VERSION = "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"";
    private static final String CAPABILITIES = "\"io.modelcontextprotocol/clientCapabilities\":{}";
    private static final String GREETED = """
            {"content": [{"type": "text", "text": "hello"}], "resultType": "complete"}
            """;
    private static final int INVALID_REQUEST = -32600;
    private static final int METHOD_NOT_FOUND = -32601;
    private static final int INVALID_PARAMS = -32602;
    private static final int HEADER_MISMATCH = -32020;
    private static final int UNSUPPORTED_VERSION = -32022;

    private ModernRungs() {}

    static List<Rung> all() {
        return Stream.of(envelope(), metadata(), headers(), versions(), methods(), eras())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Rung> envelope() {
        return List.of(
                rung("2 an array of a modern request", HELLO.body("[" + text(HELLO) + "]"), 400)
                        .error(INVALID_REQUEST),
                rung("2 another version of JSON-RPC", HELLO.replacing("\"2.0\"", "\"1.0\""), 400)
                        .error(INVALID_REQUEST)
                        .id("1"),
                rung("2 no id that can be", HELLO.replacing("\"id\":1", "\"id\":null"), 400)
                        .error(INVALID_REQUEST)
                        .noId(),
                rung("2 a fraction for an id", HELLO.replacing("\"id\":1", "\"id\":1.5"), 400)
                        .error(INVALID_REQUEST)
                        .noId(),
                rung("2 an object for an id", HELLO.replacing("\"id\":1", "\"id\":{\"a\":\"" + CANARY + "\"}"), 400)
                        .error(INVALID_REQUEST)
                        .noId(),
                rung("2 parameters in an array", Ask.post("""
                        {"jsonrpc": "2.0", "id": "x", "method": "tools/list", "params": []}
                        """), 400)
                        .error(INVALID_REQUEST)
                        .id("\"x\""),
                rung("2 a method that is no text", HELLO.replacing("\"method\":\"tools/call\"", "\"method\":7"), 400)
                        .error(INVALID_REQUEST));
    }

    private static List<Rung> metadata() {
        return List.of(
                rung("3 no metadata", HELLO.replacing(VERSION + "," + CAPABILITIES, ""), 400)
                        .error(INVALID_PARAMS)
                        .says("io.modelcontextprotocol/protocolVersion")
                        .id("1")
                        .noData(),
                rung("3 no version", HELLO.replacing(VERSION + ",", ""), 400)
                        .error(INVALID_PARAMS)
                        .says("io.modelcontextprotocol/protocolVersion"),
                rung("3 a version that is no text", HELLO.replacing("\"2026-07-28\"", "20260728"), 400)
                        .error(INVALID_PARAMS)
                        .says("io.modelcontextprotocol/protocolVersion"),
                rung("3 no capabilities", HELLO.replacing("," + CAPABILITIES, ""), 400)
                        .error(INVALID_PARAMS)
                        .says("io.modelcontextprotocol/clientCapabilities"),
                rung(
                                "3 capabilities that are no object",
                                HELLO.replacing(CAPABILITIES, CAPABILITIES.replace("{}", "[]")),
                                400)
                        .error(INVALID_PARAMS)
                        .says("io.modelcontextprotocol/clientCapabilities"),
                rung(
                                "3 before 4: no capabilities, and no header that fits",
                                HELLO.replacing("," + CAPABILITIES, "").with("Mcp-Method", CANARY),
                                400)
                        .error(INVALID_PARAMS),
                rung(
                                "3 metadata that nobody here knows",
                                HELLO.replacing(CAPABILITIES, CAPABILITIES + ",\"callId\":[1],\"a/b\":{}"),
                                200)
                        .result(GREETED));
    }

    private static List<Rung> headers() {
        return List.of(
                rung("4 no version header", HELLO.without("MCP-Protocol-Version"), 400)
                        .error(HEADER_MISMATCH)
                        .id("1"),
                rung("4 another version header", HELLO.with("MCP-Protocol-Version", "2025-11-25"), 400)
                        .error(HEADER_MISMATCH),
                rung("4 no method header", HELLO.without("Mcp-Method"), 400).error(HEADER_MISMATCH),
                rung("4 another method header", HELLO.with("Mcp-Method", CANARY), 400)
                        .error(HEADER_MISMATCH),
                rung("4 the method in capitals", HELLO.with("Mcp-Method", "TOOLS/CALL"), 400)
                        .error(HEADER_MISMATCH),
                rung("4 no name header", HELLO.without("Mcp-Name"), 400).error(HEADER_MISMATCH),
                rung("4 another name header", HELLO.with("Mcp-Name", CANARY), 400)
                        .error(HEADER_MISMATCH),
                rung("4 a name encoded wrongly", HELLO.with("Mcp-Name", "=?base64?*?="), 400)
                        .error(HEADER_MISMATCH),
                rung(
                                "4 another address header",
                                Ask.modern("resources/read", "{\"uri\": \"toy://note\"}")
                                        .with("Mcp-Name", "toy://other"),
                                400)
                        .error(HEADER_MISMATCH),
                rung(
                                "4 another task header",
                                Ask.modern("tasks/get", "{\"taskId\": \"a\"}").with("Mcp-Name", "b"),
                                400)
                        .error(HEADER_MISMATCH),
                rung("4 an encoded name", HELLO.with("Mcp-Name", "=?base64?ZWNobw==?="), 200)
                        .result(GREETED),
                rung("4 white space around", HELLO.with("Mcp-Name", "  echo\t").with("Mcp-Method", " tools/call "), 200)
                        .result(GREETED),
                rung(
                                "4 header names in other letters",
                                HELLO.without("Mcp-Method").with("MCP-METHOD", "tools/call"),
                                200)
                        .result(GREETED));
    }

    private static List<Rung> versions() {
        Ask other = HELLO.replacing("\"2026-07-28\"", "\"v999.0.0\"");
        Ask future = HELLO.replacing("\"2026-07-28\"", "\"2027-01-01\"").with("MCP-Protocol-Version", "2027-01-01");
        Ask past = HELLO.replacing("\"2026-07-28\"", "\"2025-11-25\"").with("MCP-Protocol-Version", "2025-11-25");
        return List.of(
                rung("5 a version nobody knows", other.with("MCP-Protocol-Version", "v999.0.0"), 400)
                        .error(UNSUPPORTED_VERSION)
                        .data("{\"supported\": [\"2026-07-28\"], \"requested\": \"v999.0.0\"}")
                        .id("1"),
                rung("4 before 5: the same under another header", other, 400).error(HEADER_MISMATCH),
                rung("5 a later version", future, 400)
                        .error(UNSUPPORTED_VERSION)
                        .data("{\"supported\": [\"2026-07-28\"], \"requested\": \"2027-01-01\"}"),
                rung("5 an older version as metadata", past, 400)
                        .error(UNSUPPORTED_VERSION)
                        .data("{\"supported\": [\"2026-07-28\"], \"requested\": \"2025-11-25\"}"),
                rung(
                                "5 before 6: a later version of an unknown method",
                                future.replacing("tools/call", CANARY).with("Mcp-Method", CANARY),
                                400)
                        .error(UNSUPPORTED_VERSION));
    }

    private static List<Rung> methods() {
        List<Rung> rungs = new ArrayList<>();
        for (String method : List.of(
                CANARY,
                "initialize",
                "ping",
                "logging/setLevel",
                "resources/subscribe",
                "resources/unsubscribe",
                "subscriptions/listen",
                "tasks/list",
                "tasks/result",
                "sampling/createMessage",
                "tools/call ")) {
            String name = method.equals(CANARY) ? "6 an unknown method" : "6 " + method;
            Ask ask = Ask.modern(method.trim(), "{\"uri\": \"toy://note\"}");
            if (!method.equals(method.trim())) {
                ask = ask.replacing("\"" + method.trim() + "\"", "\"" + method + "\"");
                rungs.add(rung(name + "with a blank", ask, 400).error(HEADER_MISMATCH));
            } else {
                rungs.add(rung(name, ask, 404).error(METHOD_NOT_FOUND).id("1").noData());
            }
        }
        return rungs;
    }

    private static List<Rung> eras() {
        Ask initialize = Ask.initialize("2025-11-25", "{}");
        return List.of(
                rung("A discovery", Ask.modern("server/discover", "{}"), 200)
                        .header("mcp-session-id", "")
                        .result("""
                        {"resultType": "complete", "supportedVersions": ["2026-07-28"], "cacheScope": "private",
                         "capabilities": {"tools": {}, "resources": {}, "prompts": {}, "completions": {},
                                          "extensions": {"io.modelcontextprotocol/tasks": {}}}}
                        """),
                rung("A a session id that means nothing", HELLO.with("Mcp-Session-Id", CANARY), 200)
                        .result(GREETED),
                rung("A a handshake under a modern header", initialize.with("MCP-Protocol-Version", Ask.MODERN), 400)
                        .error(HEADER_MISMATCH),
                rung(
                                "A a request without metadata under a modern header",
                                Ask.legacy(1, "tools/list", "{}").with("MCP-Protocol-Version", Ask.MODERN),
                                400)
                        .error(INVALID_PARAMS),
                rung("A the new headers on a handshake", initialize.with("Mcp-Method", "initialize"), 200)
                        .result("{\"protocolVersion\": \"2025-11-25\"}"),
                rung(
                                "A a notification under a modern header",
                                Ask.post("""
                        {"jsonrpc": "2.0", "method": "notifications/c4nary"}
                        """).with("MCP-Protocol-Version", Ask.MODERN),
                                202)
                        .silent(),
                rung("A a notification with metadata", Ask.post("""
                        {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 1, "_meta":
                         {"io.modelcontextprotocol/protocolVersion": "2026-07-28"}}}
                        """), 202).silent(),
                rung("A a response to nothing", Ask.post("""
                        {"jsonrpc": "2.0", "id": "c4nary", "result": {}}
                        """), 202).silent());
    }

    private static String text(Ask ask) {
        return new String(ask.body(), UTF_8);
    }
}
