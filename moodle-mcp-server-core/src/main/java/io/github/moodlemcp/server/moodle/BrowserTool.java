package io.github.moodlemcp.server.moodle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.bridge.ConnectedBrowser;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.server.feature.McpCall;
import io.github.moodlemcp.server.feature.ToolHandler;
import java.util.Optional;

/** A tool of the catalogue: chooses the browser, has it carry out the operation, and words the outcome for the model. */
final class BrowserTool implements ToolHandler {
    private final ToolDefinition tool;
    private final BrowserCalls browsers;
    private final OutcomeWording wording;
    private final ConnectInvitation invitation;
    private final InBrowser inBrowser;

    /** A tool that reads. */
    BrowserTool(ToolDefinition tool, BrowserCalls browsers, OutcomeWording wording, ConnectInvitation invitation) {
        this(
                tool,
                browsers,
                wording,
                invitation,
                (browser, arguments, call) ->
                        wording.word(tool.name(), browsers.run(browser.id(), tool, arguments, call)));
    }

    /** @param inBrowser answers a call once its browser is chosen */
    BrowserTool(
            ToolDefinition tool,
            BrowserCalls browsers,
            OutcomeWording wording,
            ConnectInvitation invitation,
            InBrowser inBrowser) {
        this.tool = tool;
        this.browsers = browsers;
        this.wording = wording;
        this.invitation = invitation;
        this.inBrowser = inBrowser;
    }

    /** What a call does with the browser that was chosen for it. */
    @FunctionalInterface
    interface InBrowser {
        McpResult.ToolCall call(ConnectedBrowser browser, ObjectNode arguments, McpCall call);
    }

    @Override
    public McpResult.OfTool call(ObjectNode arguments, McpCall call) {
        return switch (browsers.choose(tool, arguments, call)) {
            case BrowserChoice.NoneConnected() -> notConnected(call);
            case BrowserChoice.Unclear(var question) ->
                wording.unclear(question).toToolCall();
            case BrowserChoice.Chosen(var browser, var note) ->
                OutcomeWording.noted(note, inBrowser.call(browser, arguments, call));
        };
    }

    private McpResult.OfTool notConnected(McpCall call) {
        Optional<McpResult.InputRequired> offered = invitation.offer(call);
        return offered.isPresent()
                ? offered.get()
                : wording.notConnected(Errand.call(tool.name()), browsers.known(call))
                        .toToolCall();
    }
}
