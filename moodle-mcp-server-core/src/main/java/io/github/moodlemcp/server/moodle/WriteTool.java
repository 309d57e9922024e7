package io.github.moodlemcp.server.moodle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.bridge.ConnectedBrowser;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.server.feature.McpCall;
import io.github.moodlemcp.server.feature.ToolHandler;
import io.github.moodlemcp.server.write.WriteAnswer;
import io.github.moodlemcp.server.write.WriteCalls;
import io.github.moodlemcp.server.write.WriteRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tool of the catalogue that writes. A call with the {@code request_key} of an earlier one joins that, whichever browser it
 * names; any other chooses its browser and begins.
 */
final class WriteTool implements ToolHandler {
    private final ToolDefinition tool;
    private final BrowserCalls browsers;
    private final WriteCalls writes;
    private final WriteWording wording;
    private final BrowserTool chosen;

    WriteTool(
            ToolDefinition tool,
            BrowserCalls browsers,
            WriteCalls writes,
            OutcomeWording wording,
            ConnectInvitation invitation) {
        this.tool = tool;
        this.browsers = browsers;
        this.writes = writes;
        this.wording = new WriteWording(wording, tool.name());
        this.chosen = new BrowserTool(tool, browsers, wording, invitation, this::begin);
    }

    @Override
    public McpResult.OfTool call(ObjectNode arguments, McpCall call) {
        String given = keyIn(arguments);
        if (given == null) {
            return chosen.call(arguments, call);
        }
        WriteKey key = new WriteKey.Given(given);
        Optional<WriteAnswer> earlier = writes.join(request(key, arguments, call), call, browsers.progressOf(call));
        return earlier.isPresent() ? wording.word(key, earlier.get()) : chosen.call(arguments, call);
    }

    private McpResult.ToolCall begin(ConnectedBrowser browser, ObjectNode arguments, McpCall call) {
        String given = keyIn(arguments);
        WriteKey key = given == null ? browsers.newKey() : new WriteKey.Given(given);
        WriteAnswer answer = writes.begin(request(key, arguments, call), browser.id(), call, browsers.progressOf(call));
        return wording.word(key, answer);
    }

    private WriteRequest request(WriteKey key, ObjectNode arguments, McpCall call) {
        return WriteRequest.of(call.caller().account(), key.value(), browsers.command(tool, arguments));
    }

    private static @Nullable String keyIn(ObjectNode arguments) {
        return arguments.path(WriteKey.ARGUMENT).textValue();
    }
}
