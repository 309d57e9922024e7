package io.github.moodlemcp.interop.conformance;

import static io.github.moodlemcp.interop.conformance.Questions.ask;
import static io.github.moodlemcp.interop.conformance.Questions.field;
import static io.github.moodlemcp.interop.conformance.Questions.form;
import static io.github.moodlemcp.interop.conformance.Tools.text;
import static io.github.moodlemcp.interop.conformance.Tools.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.mcp.InputRequest;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.server.feature.InputResponses;
import io.github.moodlemcp.server.feature.McpCall;
import io.github.moodlemcp.server.feature.McpError;
import io.github.moodlemcp.server.feature.ServedTool;
import io.github.moodlemcp.server.feature.TaskMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tools whose calls become tasks, and one whose calls do not. */
final class TaskTools {
    private static final String NAME_ARGUMENT = """
            {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}
            """;

    private static final String WORK_ARGUMENTS = """
            {"type": "object", "properties": {"seconds": {"type": "number", "minimum": 0}, "label": {"type": "string"}}}
            """;

    private static final String FILE_ARGUMENT = """
            {"type": "object", "properties": {"filename": {"type": "string"}}}
            """;

    private static final int MILLIS = 1_000;
    private static final int OWN_ERROR = 1001;

    private TaskTools() {}

    static List<ServedTool> all() {
        return List.of(
                tool(
                        "greet",
                        "Greets.",
                        NAME_ARGUMENT,
                        (arguments, call) ->
                                text("Hello, " + arguments.path("name").asText() + "!")),
                tool(
                        "slow_compute",
                        "Works for some seconds.",
                        WORK_ARGUMENTS,
                        TaskMode.WHEN_POSSIBLE,
                        TaskTools::work),
                tool("failing_job", "Works for a second, and fails.", TaskMode.ALWAYS, (arguments, call) -> {
                    Pause.of(Duration.ofSeconds(1), call);
                    return McpResult.ToolCall.error("The job failed, as it always does.");
                }),
                tool(
                        "protocol_error_job",
                        "Ends in an error of the protocol.",
                        TaskMode.WHEN_POSSIBLE,
                        (arguments, call) -> {
                            throw new McpError(
                                    OWN_ERROR, "The job ended in an error of the protocol, as it always does.", null);
                        }),
                tool(
                        "confirm_delete",
                        "Asks before it deletes.",
                        FILE_ARGUMENT,
                        TaskMode.WHEN_POSSIBLE,
                        TaskTools::delete),
                tool("multi_input", "Asks two things at once.", TaskMode.WHEN_POSSIBLE, TaskTools::askBoth),
                tool("test_tool_with_task", "Asks for a name, then works.", TaskMode.AFTER_INPUT, TaskTools::askFirst));
    }

    private static McpResult.OfTool work(ObjectNode arguments, McpCall call) {
        long millis = Math.round(arguments.path("seconds").asDouble() * MILLIS);
        Pause.of(Duration.ofMillis(millis), call);
        return text("Computed " + arguments.path("label").asText("nothing"));
    }

    private static McpResult.OfTool delete(ObjectNode arguments, McpCall call) {
        String file = arguments.path("filename").asText("the file");
        return field(call.input(), "confirm", "confirm")
                .map(confirmed -> text((confirmed.asBoolean() ? "Deleted " : "Kept ") + file))
                .orElseGet(() -> ask("confirm", form("Delete " + file + "?", "confirm", "boolean")));
    }

    private static McpResult.OfTool askBoth(ObjectNode arguments, McpCall call) {
        InputResponses input = call.input();
        Optional<JsonNode> first = input.find("first");
        Optional<JsonNode> second = input.find("second");
        if (first.isPresent() && second.isPresent()) {
            return text("Both are known: " + first.get() + ", " + second.get());
        }
        Map<String, InputRequest> requests = new LinkedHashMap<>();
        requests.put("first", form("What is the first?", "value", "string"));
        requests.put("second", form("What is the second?", "value", "string"));
        return new McpResult.InputRequired(requests, null);
    }

    private static McpResult.OfTool askFirst(ObjectNode arguments, McpCall call) {
        return field(call.input(), "user_name", "name")
                .map(name -> text("Worked for " + name.asText() + "."))
                .orElseGet(() -> ask("user_name", form("What is your name?", "name", "string")));
    }
}
