package io.github.moodlemcp.interop.conformance;

import static io.github.moodlemcp.interop.conformance.Questions.ask;
import static io.github.moodlemcp.interop.conformance.Questions.question;
import static io.github.moodlemcp.interop.conformance.Questions.reply;
import static io.github.moodlemcp.interop.conformance.Tools.text;
import static io.github.moodlemcp.interop.conformance.Tools.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.mcp.InputRequest;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.server.feature.McpCall;
import io.github.moodlemcp.server.feature.ServedTool;
import java.util.List;

/** Tools that the suite calls in the older revisions, where what they ask is a request to the client. */
final class ElicitationTools {
    private static final String PROMPT_ARGUMENT = """
            {"type": "object", "properties": {"prompt": {"type": "string"}}, "required": ["prompt"]}
            """;

    private static final String MESSAGE_ARGUMENT = """
            {"type": "object", "properties": {"message": {"type": "string"}}, "required": ["message"]}
            """;

    private static final String CONTACT = """
            {
              "type": "object",
              "properties": {
                "username": {"type": "string", "description": "User's response"},
                "email": {"type": "string", "description": "User's email address"}
              },
              "required": ["username", "email"]
            }
            """;

    private static final String WITH_DEFAULTS = """
            {
              "type": "object",
              "properties": {
                "name": {"type": "string", "default": "John Doe"},
                "age": {"type": "integer", "default": 30},
                "score": {"type": "number", "default": 95.5},
                "status": {"type": "string", "enum": ["active", "inactive", "pending"], "default": "active"},
                "verified": {"type": "boolean", "default": true}
              }
            }
            """;

    private static final String WITH_CHOICES = """
            {
              "type": "object",
              "properties": {
                "untitledSingle": {"type": "string", "enum": ["option1", "option2", "option3"]},
                "titledSingle": {
                  "type": "string",
                  "oneOf": [
                    {"const": "value1", "title": "First Option"},
                    {"const": "value2", "title": "Second Option"},
                    {"const": "value3", "title": "Third Option"}
                  ]
                },
                "legacyEnum": {
                  "type": "string",
                  "enum": ["opt1", "opt2", "opt3"],
                  "enumNames": ["Option One", "Option Two", "Option Three"]
                },
                "untitledMulti": {
                  "type": "array",
                  "items": {"type": "string", "enum": ["option1", "option2", "option3"]}
                },
                "titledMulti": {
                  "type": "array",
                  "items": {
                    "anyOf": [
                      {"const": "value1", "title": "First Choice"},
                      {"const": "value2", "title": "Second Choice"},
                      {"const": "value3", "title": "Third Choice"}
                    ]
                  }
                }
              }
            }
            """;

    private ElicitationTools() {}

    static List<ServedTool> all() {
        return List.of(
                tool("test_sampling", "Asks the client's model.", PROMPT_ARGUMENT, ElicitationTools::sample),
                tool(
                        "test_elicitation",
                        "Asks the person for a contact.",
                        MESSAGE_ARGUMENT,
                        (arguments, call) -> elicit(
                                "User response: ", arguments.path("message").asText(), CONTACT, call)),
                tool(
                        "test_elicitation_sep1034_defaults",
                        "Asks by a form with defaults.",
                        (arguments, call) ->
                                elicit("Elicitation completed: ", "Please review these values", WITH_DEFAULTS, call)),
                tool(
                        "test_elicitation_sep1330_enums",
                        "Asks by a form of choices.",
                        (arguments, call) -> elicit("Elicitation completed: ", "Please choose", WITH_CHOICES, call)));
    }

    private static McpResult.OfTool sample(ObjectNode arguments, McpCall call) {
        return reply(call.input(), "reply")
                .map(reply -> text("LLM response: " + reply))
                .orElseGet(() -> ask("reply", question(arguments.path("prompt").asText(), 100)));
    }

    private static McpResult.OfTool elicit(String prefix, String message, String form, McpCall call) {
        return call.input()
                .find("answer")
                .map(answer -> text(prefix + outcome(answer)))
                .orElseGet(() -> ask("answer", new InputRequest.Form(message, Json.object(form))));
    }

    private static String outcome(JsonNode answer) {
        return "action=" + answer.path("action").asText() + ", content=" + answer.path("content");
    }
}
