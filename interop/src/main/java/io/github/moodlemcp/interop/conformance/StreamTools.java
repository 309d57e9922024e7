package io.github.moodlemcp.interop.conformance;

import static io.github.moodlemcp.interop.conformance.Tools.text;
import static io.github.moodlemcp.interop.conformance.Tools.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.moodlemcp.bridge.ProgressListener.Progress;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.server.feature.LogLevel;
import io.github.moodlemcp.server.feature.McpCall;
import io.github.moodlemcp.server.feature.ServedTool;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** Tools that say something before they answer. */
final class StreamTools {
    private static final Duration STEP = Duration.ofMillis(50);
    private static final int ALL = 100;

    private StreamTools() {}

    static List<ServedTool> all() {
        return List.of(
                tool("test_tool_with_progress", "Reports its progress twice on the way.", StreamTools::progress),
                tool("test_tool_with_logging", "Logs what it does.", StreamTools::log),
                tool("test_logging_tool", "Logs once, if the client wants to know.", (arguments, call) -> {
                    call.log(LogLevel.INFO, new TextNode("The tool was called"));
                    return text("Logged, if that was wanted.");
                }));
    }

    private static McpResult.OfTool progress(ObjectNode arguments, McpCall call) {
        report(0, call);
        Pause.of(STEP, call);
        report(ALL / 2, call);
        Pause.of(STEP, call);
        report(ALL, call);
        return text("All the steps were taken.");
    }

    private static void report(int done, McpCall call) {
        call.progress(new Progress(BigDecimal.valueOf(done), BigDecimal.valueOf(ALL), null));
    }

    private static McpResult.OfTool log(ObjectNode arguments, McpCall call) {
        call.log(LogLevel.INFO, new TextNode("Tool execution started"));
        Pause.of(STEP, call);
        call.log(LogLevel.INFO, new TextNode("Tool processing data"));
        Pause.of(STEP, call);
        call.log(LogLevel.INFO, new TextNode("Tool execution completed"));
        return text("The log tells the rest.");
    }
}
