package io.github.moodlemcp.server.internal;

import io.github.moodlemcp.protocol.mcp.Implementation;
import io.github.moodlemcp.protocol.mcp.ResultEncoder;
import io.github.moodlemcp.protocol.mcp.ServerCapabilities;
import io.github.moodlemcp.server.Caller;
import io.github.moodlemcp.server.ServerOptions;
import io.github.moodlemcp.server.session.RequestStates;
import io.github.moodlemcp.server.spi.AuditLog;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;

/** Wires the rooms a request passes, in their order. */
public final class Dispatchers {
    private Dispatchers() {}

    /**
     * The dispatcher of a server.
     *
     * @param server who answers
     * @param instructions what models are told about the server as a whole
     * @param stillCounts whether a caller's credential counts, asked before the result of a call is given away
     * @param sessions what is remembered of MCP sessions
     */
    public static McpDispatcher dispatcher(
            ServerOptions options,
            Implementation server,
            String instructions,
            Features features,
            AuditLog auditLog,
            Predicate<Caller> stillCounts,
            SessionMemory sessions,
            InstantSource clock,
            SecureRandom random) {
        ServerCapabilities capabilities = features.capabilities();
        ResultEncoder encoder = new ResultEncoder(server);
        Incidents incidents = new Incidents();
        CallFactory calls = new CallFactory(features.logging(), sessions);
        InputRounds rounds =
                new InputRounds(new RequestStates(options.signingSecrets(), clock), calls, options.requestDeadline());
        Pages pages = new Pages(options.listPageSize());
        ArgumentChecker schemas = new ArgumentChecker(features.tools().values());
        TaskMethods tasks = features.tasks() == null
                ? null
                : new TaskMethods(
                        features.tasks(),
                        new TaskRuns(features, schemas, calls, encoder, incidents),
                        features.changes(),
                        clock,
                        random);
        Subscriptions subscriptions = features.changes() == null
                ? null
                : new Subscriptions(capabilities, features.changes(), tasks, sessions);
        ResourceAddresses addresses = new ResourceAddresses(features);

        McpMethods methods = new McpMethods(
                capabilities,
                instructions,
                new ToolMethods(features, schemas, rounds, pages, tasks),
                new ResourceMethods(features, addresses, rounds, pages, sessions),
                new PromptMethods(features, rounds, pages),
                new CompletionMethod(features, calls),
                subscriptions,
                tasks,
                sessions);
        return new McpDispatcher(
                features,
                List.of(
                        new Auditing(features, auditLog),
                        new Withholding(stillCounts),
                        new Authorization(features, addresses)),
                methods,
                encoder,
                subscriptions,
                incidents);
    }
}
