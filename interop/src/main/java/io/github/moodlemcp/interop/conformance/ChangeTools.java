package io.github.moodlemcp.interop.conformance;

import static io.github.moodlemcp.interop.conformance.Tools.text;
import static io.github.moodlemcp.interop.conformance.Tools.tool;

import io.github.moodlemcp.server.feature.Changes;
import io.github.moodlemcp.server.feature.ServedTool;
import java.util.List;

/** Tools that make the server say that its lists have changed. */
final class ChangeTools {
    private ChangeTools() {}

    static List<ServedTool> all(Changes changes) {
        return List.of(
                tool("test_trigger_tool_change", "Says that the tools have changed.", (arguments, call) -> {
                    changes.tell(new Changes.Change.OfTools());
                    return text("Told.");
                }),
                tool("test_trigger_prompt_change", "Says that the prompts have changed.", (arguments, call) -> {
                    changes.tell(new Changes.Change.OfPrompts());
                    return text("Told.");
                }));
    }
}
