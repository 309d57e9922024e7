package io.github.moodlemcp.interop.endpoint;

import static io.github.moodlemcp.interop.endpoint.Rung.CANARY;
import static io.github.moodlemcp.interop.endpoint.Rung.rung;

import io.github.moodlemcp.interop.wire.Ask;
import java.util.List;
import java.util.stream.Stream;

/** The ladder of revision 2026-07-28 from the method on: capabilities, parameters, defects. */
final class ParameterRungs {
    private static final Ask HELLO = Ask.call("echo", "{\"text\": \"hello\"}");
    private static final String CAPABILITIES = "\"io.modelcontextprotocol/clientCapabilities\":{}";
    private static final int INVALID_PARAMS = -32602;
    private static final int HEADER_MISMATCH = -32020;
    private static final int MISSING_CAPABILITY = -32021;

    private ParameterRungs() {}

    static List<Rung> all() {
        return Stream.of(capabilities(), parameterHeaders(), parameters(), defects())
                .flatMap(List::stream)
                .toList();
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
}
