package io.github.moodlemcp.interop.conformance;

import static io.github.moodlemcp.interop.conformance.Questions.ask;
import static io.github.moodlemcp.interop.conformance.Questions.field;
import static io.github.moodlemcp.interop.conformance.Questions.form;
import static io.github.moodlemcp.interop.conformance.Questions.question;
import static io.github.moodlemcp.interop.conformance.Questions.reply;
import static io.github.moodlemcp.interop.conformance.Questions.roots;
import static io.github.moodlemcp.interop.conformance.Tools.text;
import static io.github.moodlemcp.interop.conformance.Tools.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.mcp.ClientCapability;
import io.github.moodlemcp.protocol.mcp.InputRequest;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.server.feature.InputResponses;
import io.github.moodlemcp.server.feature.McpCall;
import io.github.moodlemcp.server.feature.ServedTool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tools that need something from the client before they can answer. */
final class InputRequiredTools {
    private static final InputRequest NAME = form("What is your name?", "name", "string");
    private static final InputRequest CAPITAL = question("What is the capital of France?", 100);
    private static final InputRequest CONFIRM = form("Please confirm", "ok", "boolean");

    private InputRequiredTools() {}

    static List<ServedTool> all() {
        return List.of(
                tool("test_input_required_result_elicitation", "Greets by name.", InputRequiredTools::greet),
                tool("test_input_required_result_sampling", "Asks the client's model.", InputRequiredTools::askModel),
                tool(
                        "test_input_required_result_list_roots",
                        "Names the client's folders.",
                        (arguments, call) -> roots(call.input(), "client_roots")
                                .map(folders -> text("Folders: " + folders))
                                .orElseGet(() -> ask("client_roots", new InputRequest.Roots()))),
                tool("test_input_required_result_request_state", "Keeps a state.", InputRequiredTools::confirm),
                tool("test_input_required_result_tampered_state", "Keeps a state.", InputRequiredTools::confirm),
                tool("test_input_required_result_multiple_inputs", "Asks three things.", InputRequiredTools::askAll),
                tool("test_input_required_result_multi_round", "Asks twice.", InputRequiredTools::askTwice),
                tool(
                        "test_input_required_result_capabilities",
                        "Asks what can be asked.",
                        InputRequiredTools::askPossible),
                tool("test_missing_capability", "Always asks the client's model.", InputRequiredTools::askModel),
                tool("test_streaming_elicitation", "Greets by name.", InputRequiredTools::greet));
    }

    private static McpResult.OfTool greet(ObjectNode arguments, McpCall call) {
        return field(call.input(), "user_name", "name")
                .map(name -> text("Hello, " + name.asText() + "!"))
                .orElseGet(() -> ask("user_name", NAME));
    }

    private static McpResult.OfTool askModel(ObjectNode arguments, McpCall call) {
        return reply(call.input(), "capital_question")
                .map(Tools::text)
                .orElseGet(() -> ask("capital_question", CAPITAL));
    }

    private static McpResult.OfTool confirm(ObjectNode arguments, McpCall call) {
        InputResponses input = call.input();
        if (input.state() != null && field(input, "confirm", "ok").isPresent()) {
            return text("Confirmed in round " + input.state().path("round").asInt() + ": state-ok");
        }
        return ask(Map.of("confirm", CONFIRM), Json.object("{\"round\": 1}"));
    }

    private static McpResult.OfTool askAll(ObjectNode arguments, McpCall call) {
        InputResponses input = call.input();
        Optional<JsonNode> name = field(input, "user_name", "name");
        Optional<String> greeting = reply(input, "greeting");
        Optional<JsonNode> folders = roots(input, "client_roots");
        if (input.state() != null && name.isPresent() && greeting.isPresent() && folders.isPresent()) {
            return text("%s, %s: %d folders"
                    .formatted(
                            greeting.get(), name.get().asText(), folders.get().size()));
        }
        Map<String, InputRequest> requests = new LinkedHashMap<>();
        requests.put("user_name", NAME);
        requests.put("greeting", question("Generate a greeting", 50));
        requests.put("client_roots", new InputRequest.Roots());
        return ask(requests, Json.object("{\"round\": 1}"));
    }

    private static McpResult.OfTool askTwice(ObjectNode arguments, McpCall call) {
        InputResponses input = call.input();
        JsonNode state = input.state();
        if (state != null && state.has("name")) {
            String name = state.path("name").asText();
            return field(input, "step2", "color")
                    .map(color -> text(name + " likes " + color.asText() + "."))
                    .orElseGet(() -> askColor(name));
        }
        return field(input, "step1", "name")
                .<McpResult.OfTool>map(name -> askColor(name.asText()))
                .orElseGet(() -> ask(
                        Map.of("step1", form("Step 1: What is your name?", "name", "string")),
                        Json.object("{\"step\": 1}")));
    }

    private static McpResult.OfTool askColor(String name) {
        return ask(
                Map.of("step2", form("Step 2: What is your favorite color?", "color", "string")),
                Json.object("{\"step\": 2}").put("name", name));
    }

    private static McpResult.OfTool askPossible(ObjectNode arguments, McpCall call) {
        Map<String, InputRequest> possible = new LinkedHashMap<>();
        if (call.client().can(ClientCapability.SAMPLING)) {
            possible.put("capital_question", CAPITAL);
        }
        if (call.client().can(ClientCapability.ELICITATION_FORM)) {
            possible.put("user_name", NAME);
        }
        boolean isAnswered = possible.keySet().stream()
                .allMatch(key -> call.input().find(key).isPresent());
        return isAnswered ? text("There is nothing more to ask.") : new McpResult.InputRequired(possible, null);
    }
}
