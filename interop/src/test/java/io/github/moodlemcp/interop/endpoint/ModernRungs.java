package io.github.moodlemcp.interop.endpoint;

import static io.github.moodlemcp.interop.endpoint.Rung.CANARY;
import static io.github.moodlemcp.interop.endpoint.Rung.rung;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.moodlemcp.interop.wire.Ask;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The ladder of revision 2026-07-28, rung by rung, and what its eras have to do with each other. */
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
    private static final int MISSING_CAPABILITY = -32021;
    private static final int UNSUPPORTED_VERSION = -32022;

    private ModernRungs() {}

    static List<Rung> all() {
        return Stream.of(
                        envelope(),
                        metadata(),
                        headers(),
                        versions(),
                        methods(),
                        capabilities(),
                        parameterHeaders(),
                        parameters(),
                        defects(),
                        eras())
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

    private static List<Rung> capabilities() {
        return List.of(
                rung("7 a question that the client cannot put", Ask.call("ask", "{}"), 400)
                        .error(MISSING_CAPABILITY)
                        .data("{\"requiredCapabilities\": {\"elicitation\": {\"form\": {}}}}")
                        .id("1"),
                rung(
                                "7 the same by a client that opens addresses alone",
                                Ask.call("ask", "{}", "{\"elicitation\": {\"url\": {}}}"),
                                400)
                        .error(MISSING_CAPABILITY),
                rung("7 a client that can", Ask.call("ask", "{}", "{\"elicitation\": {}}"), 200)
                        .result("{\"resultType\": \"input_required\"}"),
                rung("7 a task that the client cannot follow", Ask.call("work", "{}"), 400)
                        .error(MISSING_CAPABILITY)
                        .data("{\"requiredCapabilities\": {\"extensions\": {\"io.modelcontextprotocol/tasks\": {}}}}"),
                rung("7 a look at a task", Ask.modern("tasks/get", "{\"taskId\": \"x\"}"), 400)
                        .error(MISSING_CAPABILITY),
                rung("7 an answer to a task", Ask.modern("tasks/update", "{\"taskId\": \"x\"}"), 400)
                        .error(MISSING_CAPABILITY),
                rung("7 the end of a task", Ask.modern("tasks/cancel", "{\"taskId\": \"x\"}"), 400)
                        .error(MISSING_CAPABILITY));
    }

    private static List<Rung> parameterHeaders() {
        Ask region = Ask.call("in_header", "{\"region\": \"eu\"}");
        Ask page = Ask.call("in_header", "{\"page\": 12}");
        Ask open = Ask.call("in_header", "{\"filter\": {\"open\": true}}");
        return List.of(
                rung("8 no header for an argument", region, 400)
                        .error(HEADER_MISMATCH)
                        .id("1"),
                rung("8 another value", region.with("Mcp-Param-Region", CANARY), 400)
                        .error(HEADER_MISMATCH),
                rung("8 other letters", region.with("Mcp-Param-Region", "EU"), 400)
                        .error(HEADER_MISMATCH),
                rung("8 encoded wrongly", region.with("Mcp-Param-Region", "=?base64?!?="), 400)
                        .error(HEADER_MISMATCH),
                rung(
                                "8 a header without an argument",
                                Ask.call("in_header", "{}").with("Mcp-Param-Region", "eu"),
                                400)
                        .error(HEADER_MISMATCH),
                rung(
                                "8 a header and null for an argument",
                                Ask.call("in_header", "{\"region\": null}").with("Mcp-Param-Region", "eu"),
                                400)
                        .error(HEADER_MISMATCH),
                rung("8 another number", page.with("Mcp-Param-Page", "13"), 400).error(HEADER_MISMATCH),
                rung("8 no number", page.with("Mcp-Param-Page", CANARY), 400).error(HEADER_MISMATCH),
                rung("8 a monstrous number", page.with("Mcp-Param-Page", "1e999999999"), 400)
                        .error(HEADER_MISMATCH),
                rung("8 within an object", open.with("Mcp-Param-Open", "false"), 400)
                        .error(HEADER_MISMATCH),
                rung("8 before 9: and an argument of the wrong type", Ask.call("in_header", "{\"region\": 5}"), 400)
                        .error(HEADER_MISMATCH),
                rung("8 the same value", region.with("mcp-param-region", " eu "), 200),
                rung("8 the same value, encoded", region.with("Mcp-Param-Region", "=?base64?ZXU=?="), 200),
                rung("8 the same number", page.with("Mcp-Param-Page", "12.0"), 200),
                rung("8 the same within an object", open.with("Mcp-Param-Open", "true"), 200));
    }

    private static List<Rung> parameters() {
        return List.of(
                rung("9 an unknown tool", Ask.call(CANARY, "{}"), 200)
                        .error(INVALID_PARAMS)
                        .id("1"),
                rung("9 no tool", Ask.modern("tools/call", "{}"), 200).error(INVALID_PARAMS),
                rung("9 arguments that are no object", Ask.call("echo", "[]"), 200)
                        .error(INVALID_PARAMS),
                rung("9 a cursor of nobody", Ask.modern("tools/list", "{\"cursor\": \"" + CANARY + "\"}"), 200)
                        .error(INVALID_PARAMS),
                rung("9 an empty cursor", Ask.modern("tools/list", "{\"cursor\": \"\"}"), 200)
                        .error(INVALID_PARAMS),
                rung("9 a cursor that is no text", Ask.modern("prompts/list", "{\"cursor\": 1}"), 200)
                        .error(INVALID_PARAMS),
                rung("9 an unknown prompt", Ask.modern("prompts/get", "{\"name\": \"" + CANARY + "\"}"), 200)
                        .error(INVALID_PARAMS),
                rung("9 no argument of a prompt", Ask.modern("prompts/get", "{\"name\": \"greet\"}"), 200)
                        .error(INVALID_PARAMS)
                        .says("who"),
                rung(
                                "9 an argument of a prompt that is no text",
                                Ask.modern("prompts/get", "{\"name\": \"greet\", \"arguments\": {\"who\": 5}}"),
                                200)
                        .error(INVALID_PARAMS),
                rung("9 an unknown resource", Ask.modern("resources/read", "{\"uri\": \"toy://other\"}"), 200)
                        .error(INVALID_PARAMS)
                        .data("{\"uri\": \"toy://other\"}"),
                rung("9 no resource", Ask.modern("resources/read", "{}"), 200).error(INVALID_PARAMS),
                rung(
                                "9 an unknown task",
                                Ask.modern("tasks/get", "{\"taskId\": \"" + CANARY + "\"}", Ask.ALL_CAPABILITIES),
                                200)
                        .error(INVALID_PARAMS),
                rung("9 a state of nobody", Ask.modern("tools/call", """
                                        {"name": "echo", "arguments": {"text": "a"}, "requestState": "c4nary"}
                                        """), 200).error(INVALID_PARAMS),
                rung("9 responses that are no object", Ask.modern("tools/call", """
                        {"name": "echo", "arguments": {"text": "a"}, "inputResponses": []}
                        """), 200)
                        .error(INVALID_PARAMS),
                rung("9 a progress token of no kind", HELLO.replacing(CAPABILITIES, CAPABILITIES + """
                        ,"progressToken":{"a":1}"""), 200)
                        .error(INVALID_PARAMS),
                rung("9 an unknown log level", HELLO.replacing(CAPABILITIES, CAPABILITIES + """
                        ,"io.modelcontextprotocol/logLevel":"loudest\""""), 200)
                        .error(INVALID_PARAMS),
                rung(
                                "9 a completion of nothing",
                                Ask.modern("completion/complete", """
                        {"ref": {"type": "ref/prompt", "name": "c4nary"}, "argument": {"name": "a", "value": ""}}
                        """).without("Mcp-Name"),
                                200)
                        .error(INVALID_PARAMS),
                rung("9 a completion of no kind", Ask.modern("completion/complete", """
                        {"ref": {"type": "c4nary"}, "argument": {"name": "a", "value": ""}}
                        """), 200)
                        .error(INVALID_PARAMS),
                rung("9 an argument of the wrong type is the tool's answer", Ask.call("echo", "{\"text\": 5}"), 200)
                        .result("{\"isError\": true, \"resultType\": \"complete\"}")
                        .says("echo"));
    }

    private static List<Rung> defects() {
        return List.of(rung("10 a defect", Ask.call("defect", "{}"), 200)
                .error(-32603)
                .id("1")
                .noData()
                .says("incident"));
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
