package io.github.moodlemcp.interop.conformance;

import static io.github.moodlemcp.interop.conformance.Questions.ask;
import static io.github.moodlemcp.interop.conformance.Questions.field;
import static io.github.moodlemcp.interop.conformance.Questions.form;

import io.github.moodlemcp.protocol.mcp.ContentBlock;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.protocol.mcp.Prompt;
import io.github.moodlemcp.protocol.mcp.PromptMessage;
import io.github.moodlemcp.protocol.mcp.ResourceContents;
import io.github.moodlemcp.server.feature.Completer;
import io.github.moodlemcp.server.feature.McpCall;
import io.github.moodlemcp.server.feature.PromptHandler;
import io.github.moodlemcp.server.feature.ServedPrompt;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Prompts of each kind. */
final class FixturePrompts {
    private static final List<String> COMPLETIONS = List.of("test-one", "test-two", "other");

    private FixturePrompts() {}

    static List<ServedPrompt> all() {
        Completer completer = (typed, others, call) ->
                COMPLETIONS.stream().filter(value -> value.startsWith(typed)).toList();
        return List.of(
                prompt(
                        "test_simple_prompt",
                        List.of(),
                        (arguments, call) -> messages(text("This is a simple prompt for testing."))),
                new ServedPrompt(
                        declared("test_prompt_with_arguments", List.of("arg1", "arg2")),
                        (arguments, call) -> messages(text("Prompt with arguments: arg1='%s', arg2='%s'"
                                .formatted(arguments.get("arg1"), arguments.get("arg2")))),
                        Map.of("arg1", completer)),
                prompt(
                        "test_prompt_with_embedded_resource",
                        List.of("resourceUri"),
                        (arguments, call) -> messages(
                                new ContentBlock.Embedded(new ResourceContents.Text(
                                        arguments.getOrDefault("resourceUri", ""),
                                        "text/plain",
                                        "Embedded resource content for testing.")),
                                text("Please process the embedded resource above."))),
                prompt(
                        "test_prompt_with_image",
                        List.of(),
                        (arguments, call) -> messages(Samples.picture(), text("Please analyze the image above."))),
                prompt("test_input_required_result_prompt", List.of(), FixturePrompts::askContext));
    }

    private static McpResult.OfPrompt askContext(Map<String, String> arguments, McpCall call) {
        return field(call.input(), "user_context", "context")
                .<McpResult.OfPrompt>map(context -> messages(text("The context is: " + context.asText())))
                .orElseGet(() -> ask("user_context", form("What context should the prompt use?", "context", "string")));
    }

    private static ServedPrompt prompt(String name, List<String> arguments, PromptHandler handler) {
        return new ServedPrompt(declared(name, arguments), handler, Map.of());
    }

    private static Prompt declared(String name, List<String> arguments) {
        Stream<Prompt.Argument> required =
                arguments.stream().map(argument -> new Prompt.Argument(argument, "Any text.", true));
        return new Prompt(name, name.replace('_', ' '), "A prompt for testing.", required.toList());
    }

    private static McpResult.PromptGet messages(ContentBlock... contents) {
        return new McpResult.PromptGet(
                "A prompt for testing.",
                Arrays.stream(contents)
                        .map(content -> new PromptMessage(PromptMessage.Role.USER, content))
                        .toList());
    }

    private static ContentBlock text(String text) {
        return new ContentBlock.Text(text);
    }
}
