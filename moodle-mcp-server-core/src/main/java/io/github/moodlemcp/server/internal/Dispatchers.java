package io.github.moodlemcp.server.internal;

import io.github.moodlemcp.bridge.CommandRouter;
import io.github.moodlemcp.protocol.mcp.Implementation;
import io.github.moodlemcp.protocol.mcp.ResultEncoder;
import io.github.moodlemcp.server.ServerOptions;
import io.github.moodlemcp.server.spi.AuditLog;
import io.github.moodlemcp.server.tool.ArgumentChecker;
import io.github.moodlemcp.server.tool.ToolCatalogue;
import java.security.SecureRandom;
import java.util.List;

/** Wires the rooms a request passes, in their order. */
public final class Dispatchers {
    private Dispatchers() {}

    /** The dispatcher of a server. */
    public static McpDispatcher dispatcher(ServerOptions options, CommandRouter router, AuditLog auditLog) {
        SecureRandom random = new SecureRandom();
        ToolCatalogue catalogue = ToolCatalogue.builtIn();
        ToolsCallHandler toolsCall = new ToolsCallHandler(
                catalogue,
                new ArgumentChecker(catalogue),
                router,
                new StatusReport(router, options.publicUrl(), random),
                new OutcomeWording(options.publicUrl(), random),
                random);
        return new McpDispatcher(
                List.of(new Auditing(catalogue, auditLog), new Authorization(catalogue)),
                new McpMethods(catalogue, toolsCall),
                new ResultEncoder(new Implementation("moodle-mcp", "Moodle MCP", options.version())));
    }
}
