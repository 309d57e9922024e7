package io.github.moodlemcp.server.moodle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.bridge.ConnectedBrowser;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.server.feature.McpCall;
import io.github.moodlemcp.server.feature.ToolHandler;
import io.github.moodlemcp.server.spi.KnownBrowser;
import java.util.List;

/** The tool {@code get_status}: asks every connected browser, or the one that is named. */
final class StatusTool implements ToolHandler {
    static final String NAME = "get_status";

    private final BrowserCalls browsers;
    private final StatusReport status;
    private final OutcomeWording wording;

    StatusTool(BrowserCalls browsers, StatusReport status, OutcomeWording wording) {
        this.browsers = browsers;
        this.status = status;
        this.wording = wording;
    }

    @Override
    public McpResult.ToolCall call(ObjectNode arguments, McpCall call) {
        List<ConnectedBrowser> connected = browsers.connected(call);
        String wanted = arguments.path("browser").textValue();
        List<KnownBrowser> known = browsers.known(call);
        String preferred = browsers.preferred(call);
        if (wanted == null) {
            return wording.status(status.of(connected, known, preferred, call.deadline()));
        }
        return switch (BrowserChoice.named(wanted, connected, known)) {
            case BrowserChoice.NoneConnected() ->
                wording.notConnected(Errand.call(NAME), known).toToolCall();
            case BrowserChoice.Unclear(var question) ->
                wording.unclear(question).toToolCall();
            case BrowserChoice.Chosen(var browser, var note) ->
                wording.status(status.of(List.of(browser), List.of(), preferred, call.deadline()));
        };
    }
}
