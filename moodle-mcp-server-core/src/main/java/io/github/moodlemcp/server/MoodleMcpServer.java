package io.github.moodlemcp.server;

import static java.util.Objects.requireNonNull;

import io.github.moodlemcp.bridge.CommandRouter;
import io.github.moodlemcp.bridge.InProcessCommandRouter;
import io.github.moodlemcp.protocol.mcp.Implementation;
import io.github.moodlemcp.server.feature.Changes;
import io.github.moodlemcp.server.feature.ServedPrompt;
import io.github.moodlemcp.server.feature.ServedResource;
import io.github.moodlemcp.server.feature.ServedResourceTemplate;
import io.github.moodlemcp.server.feature.ServedTool;
import io.github.moodlemcp.server.internal.Alarms;
import io.github.moodlemcp.server.internal.Dispatchers;
import io.github.moodlemcp.server.internal.Features;
import io.github.moodlemcp.server.internal.McpDispatcher;
import io.github.moodlemcp.server.internal.SessionMemory;
import io.github.moodlemcp.server.jakarta.Bridges;
import io.github.moodlemcp.server.jakarta.Failures;
import io.github.moodlemcp.server.jakarta.JakartaParts;
import io.github.moodlemcp.server.jakarta.McpApplication;
import io.github.moodlemcp.server.jakarta.Protection;
import io.github.moodlemcp.server.moodle.MoodleFeatures;
import io.github.moodlemcp.server.moodle.ToolDefinition;
import io.github.moodlemcp.server.spi.AuditLog;
import io.github.moodlemcp.server.spi.ClientDepartures;
import io.github.moodlemcp.server.spi.ConnectionLog;
import io.github.moodlemcp.server.spi.FailureLimit;
import io.github.moodlemcp.server.spi.KnownBrowsers;
import io.github.moodlemcp.server.spi.RateLimiter;
import io.github.moodlemcp.server.spi.TaskStore;
import io.github.moodlemcp.server.spi.TokenVerifier;
import io.github.moodlemcp.server.spi.WriteRecords;
import io.github.moodlemcp.server.write.JournalReader;
import io.github.moodlemcp.server.write.WriteCalls;
import io.github.moodlemcp.server.write.WriteTimes;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Application;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An embeddable MCP server: give {@link #restApplication()} to a Jakarta REST runtime, or register {@link
 * #restComponents()} there beside components of your own, and, for Moodle's tools, {@link #endpoint()} with a Jakarta
 * WebSocket container on the same host.
 *
 * <p>Calls block their thread until they are answered, so give the runtime virtual threads or enough others. Safe for use by
 * many threads.
 */
public final class MoodleMcpServer implements AutoCloseable {
    private final McpDispatcher dispatcher;
    private final JakartaParts parts;
    private final Bridges bridges;
    private final ServerEndpointConfig endpoint;
    private final CommandRouter router;
    private final WriteCalls writes;
    private final Alarms alarms = new Alarms();

    private MoodleMcpServer(Builder builder) {
        SecureRandom random = new SecureRandom();
        InstantSource clock = InstantSource.system();
        SessionMemory memory = new SessionMemory();
        router = builder.router;
        WriteRecords records = builder.writeRecords == null ? WriteRecords.inMemory(clock) : builder.writeRecords;
        writes = new WriteCalls(router, records, builder.writeTimes(), clock);
        MoodleFeatures moodle = builder.moodle(random, writes, alarms);
        Implementation implementation = builder.implementation();
        Features features = builder.features(moodle);
        dispatcher = Dispatchers.dispatcher(
                builder.options,
                implementation,
                builder.instructions(moodle),
                features,
                builder.auditLog,
                builder.callerTokens::stillCounts,
                memory,
                clock,
                random);
        parts = JakartaParts.of(
                builder.options,
                dispatcher,
                memory,
                builder.callerTokens,
                new Protection(implementation.title(), features, builder.keyHelp()),
                builder.clientDepartures,
                builder.rateLimiter,
                builder.failures,
                random,
                alarms);
        bridges = new Bridges(
                builder.options,
                builder.extensionTokens,
                builder.failures,
                router,
                builder.connectionLog,
                new JournalReader(records, writes::isUnderWay, clock),
                clock);
        endpoint = JakartaParts.endpoint(builder.options, builder.remoteAddress, bridges);
    }

    /** Starts a server with Moodle's tools that accepts nobody until it is given verifiers. */
    public static Builder builder(ServerOptions options) {
        return new Builder(options);
    }

    /** The resources, filters and features of {@code /mcp} and its metadata, to be registered as singletons. */
    public Set<Object> restComponents() {
        return parts.restComponents();
    }

    /** The {@link #restComponents()} as an application, for a REST runtime that serves nothing else. */
    public Application restApplication() {
        return new McpApplication(parts.restComponents());
    }

    /** The endpoint {@code /ws}, where extensions connect; a server without Moodle's tools has no need of it. */
    public ServerEndpointConfig endpoint() {
        return endpoint;
    }

    /** The router in use: who is connected, and how to disconnect them. */
    public CommandRouter router() {
        return router;
    }

    /**
     * Counts a frame of an extension that Jakarta WebSocket does not show, as {@link ServerOptions#framesPerMinute()} counts
     * every frame: for a container that can tell of pings and of fragments. It does not block.
     *
     * @param sessionId the id of the Jakarta WebSocket session the frame came on
     */
    public void unseenFrame(String sessionId) {
        bridges.receivedUnseen(sessionId);
    }

    /**
     * Closes all connections of extensions with 1012, and each new one, so that they do not all come back at the same moment;
     * to be called before {@link #close()}. Blocks until all are closed; an interrupt makes it hurry.
     *
     * @param over how long it may take at most; few connections are closed faster
     */
    public void drain(Duration over) {
        bridges.drain(over);
    }

    /**
     * Ends the streams of clients, and closes all connections of extensions with 1012; to be called before the containers
     * are stopped. Handlers at work are not interrupted. Closing it again does nothing.
     */
    @Override
    public void close() {
        dispatcher.close();
        parts.close();
        bridges.close();
        writes.close();
        alarms.close();
    }

    /** Collects what a server is made of; for one thread. */
    public static final class Builder {
        private final ServerOptions options;
        private final List<ServedTool> tools = new ArrayList<>();
        private final List<ToolDefinition> browserTools = new ArrayList<>();
        private final List<ServedResource> resources = new ArrayList<>();
        private final List<ServedResourceTemplate> templates = new ArrayList<>();
        private final List<ServedPrompt> prompts = new ArrayList<>();
        private boolean hasMoodle = true;
        private boolean logging;
        private @Nullable Implementation implementation;
        private @Nullable String instructions;
        private @Nullable String keyHelp;
        private @Nullable Changes changes;
        private @Nullable TaskStore taskStore;
        private TokenVerifier callerTokens = TokenVerifier.rejectingEverybody();
        private TokenVerifier extensionTokens = TokenVerifier.rejectingEverybody();
        private CommandRouter router = new InProcessCommandRouter();
        private AuditLog auditLog = AuditLog.none();
        private ConnectionLog connectionLog = ConnectionLog.none();
        private @Nullable RateLimiter rateLimiter;
        private Failures failures = Failures.uncounted();
        private KnownBrowsers knownBrowsers = KnownBrowsers.none();
        private ClientDepartures clientDepartures = ClientDepartures.unnoticed();
        private @Nullable WriteRecords writeRecords;
        private Function<HandshakeRequest, String> remoteAddress = request -> "";

        private Builder(ServerOptions options) {
            this.options = requireNonNull(options, "options");
        }

        /**
         * Serves only what is added to the builder, and none of Moodle's tools, prompts and resources. Tools of {@link
         * #browserTool} need Moodle's.
         */
        public Builder withoutMoodle() {
            hasMoodle = false;
            return this;
        }

        /** Serves a tool; it is listed after Moodle's and those that were added before. */
        public Builder tool(ServedTool tool) {
            tools.add(requireNonNull(tool, "tool"));
            return this;
        }

        /**
         * Serves a tool that the caller's browser carries out, for an extension with operations of your own; it is listed
         * after Moodle's.
         *
         * @param json its definition, in the form of the files of Moodle's tools: {@code name}, which is the operation's too,
         *     {@code title}, {@code description}, {@code sideEffect}, {@code scope}, {@code toolset} if it is of one,
         *     {@code inputSchema} and {@code annotations}
         * @throws IllegalArgumentException if the definition is not complete
         */
        public Builder browserTool(String json) {
            browserTools.add(ToolDefinition.parse(json));
            return this;
        }

        /** Serves a resource, after those that were added before. */
        public Builder resource(ServedResource resource) {
            resources.add(requireNonNull(resource, "resource"));
            return this;
        }

        /** Serves a family of resources; of several that fit an address, the one that was added first is read. */
        public Builder resourceTemplate(ServedResourceTemplate template) {
            templates.add(requireNonNull(template, "template"));
            return this;
        }

        /** Serves a prompt, after those that were added before. */
        public Builder prompt(ServedPrompt prompt) {
            prompts.add(requireNonNull(prompt, "prompt"));
            return this;
        }

        /** Names the server to its clients; as Moodle MCP by default. */
        public Builder implementation(Implementation given) {
            implementation = requireNonNull(given, "implementation");
            return this;
        }

        /** Tells models what the server is for; about Moodle's tools by default. */
        public Builder instructions(String given) {
            instructions = requireNonNull(given, "instructions");
            return this;
        }

        /**
         * Declares that lists and resources change, and lets clients hear of what is told to {@code given}; without it they
         * open no stream for that.
         */
        public Builder changes(Changes given) {
            changes = requireNonNull(given, "changes");
            return this;
        }

        /** Lets clients ask for log messages of handlers. */
        public Builder logging() {
            logging = true;
            return this;
        }

        /** Declares the tasks extension: calls of tools whose {@link ServedTool#tasks()} allows it become tasks, kept here. */
        public Builder tasks(TaskStore store) {
            taskStore = requireNonNull(store, "store");
            return this;
        }

        /** Judges the keys and tokens of MCP clients; nobody's is accepted by default. */
        public Builder callerTokens(TokenVerifier verifier) {
            callerTokens = requireNonNull(verifier, "verifier");
            return this;
        }

        /**
         * Tells those who come without a good key where to get one, in a sentence; by default nothing, and with Moodle's
         * tools that keys are made at {@code /dashboard} of the public URL.
         */
        public Builder keyHelp(String given) {
            keyHelp = requireNonNull(given, "keyHelp");
            return this;
        }

        /** Judges the tokens of extensions; nobody's is accepted by default. */
        public Builder extensionTokens(TokenVerifier verifier) {
            extensionTokens = requireNonNull(verifier, "verifier");
            return this;
        }

        /** The router; one for a single node by default. */
        public Builder router(CommandRouter given) {
            router = requireNonNull(given, "router");
            return this;
        }

        /** Keeps what became of writes; in this process by default, so that a restart forgets it. */
        public Builder writeRecords(WriteRecords given) {
            writeRecords = requireNonNull(given, "writeRecords");
            return this;
        }

        /** Records tool calls; nothing by default. */
        public Builder auditLog(AuditLog given) {
            auditLog = requireNonNull(given, "auditLog");
            return this;
        }

        /** Is told of connections; nothing by default. */
        public Builder connectionLog(ConnectionLog given) {
            connectionLog = requireNonNull(given, "connectionLog");
            return this;
        }

        /**
         * Limits how many requests an account may post, such as {@link
         * io.github.moodlemcp.server.spi.InMemoryRateLimiter}; by default there is no limit. Too many are answered with 429.
         */
        public Builder rateLimiter(RateLimiter given) {
            rateLimiter = requireNonNull(given, "rateLimiter");
            return this;
        }

        /**
         * Limits how often keys and tokens from one network address may be wrong; by default there is no limit. Too many are
         * answered with 429 at {@code /mcp}, and closed with 1013 at {@code /ws}.
         *
         * @param callers tells the IP address that a request comes from, and an empty text when it does not know; it must not
         *     block. Where extensions come from is known by {@link #remoteAddress}
         */
        public Builder failureLimit(FailureLimit given, Function<ContainerRequestContext, String> callers) {
            failures = new Failures(requireNonNull(given, "failureLimit"), requireNonNull(callers, "callers"));
            return this;
        }

        /** Tells of browsers that are not connected, and which one a person prefers; nothing by default. */
        public Builder knownBrowsers(KnownBrowsers given) {
            knownBrowsers = requireNonNull(given, "knownBrowsers");
            return this;
        }

        /** Tells when a client has gone; by default that is noticed only when something is written to it. */
        public Builder clientDepartures(ClientDepartures given) {
            clientDepartures = requireNonNull(given, "clientDepartures");
            return this;
        }

        /**
         * Tells the IP address that a handshake of an extension comes from, which Jakarta WebSocket does not, for {@link
         * ServerOptions#maxStrangersPerAddress()}; without it, and where it returns an empty text, the addresses are not
         * counted. It must not block.
         */
        public Builder remoteAddress(Function<HandshakeRequest, String> given) {
            remoteAddress = requireNonNull(given, "remoteAddress");
            return this;
        }

        /**
         * The server.
         *
         * @throws IllegalArgumentException if two tools, resources, templates or prompts have the same name, or if there are
         *     tools for the browser but none of Moodle's
         */
        public MoodleMcpServer build() {
            if (!hasMoodle && !browserTools.isEmpty()) {
                throw new IllegalArgumentException("A server without Moodle's tools has no browser to carry out "
                        + browserTools.stream().map(ToolDefinition::name).toList()
                        + ". Leave out withoutMoodle(), or add what needs no browser with tool().");
            }
            return new MoodleMcpServer(this);
        }

        private Implementation implementation() {
            return implementation == null
                    ? new Implementation("moodle-mcp", "Moodle MCP", options.version())
                    : implementation;
        }

        private String instructions(@Nullable MoodleFeatures moodle) {
            if (instructions != null) {
                return instructions;
            }
            return moodle == null ? "" : moodle.instructions();
        }

        private String keyHelp() {
            if (keyHelp != null) {
                return keyHelp;
            }
            return hasMoodle ? "Keys are made at " + options.publicUrl() + "/dashboard." : "";
        }

        private Features features(@Nullable MoodleFeatures moodle) {
            List<ServedTool> allTools = new ArrayList<>();
            List<ServedResourceTemplate> allTemplates = new ArrayList<>();
            List<ServedPrompt> allPrompts = new ArrayList<>();
            if (moodle != null) {
                allTools.addAll(moodle.tools());
                allTemplates.addAll(moodle.templates());
                allPrompts.addAll(moodle.prompts());
            }
            allTools.addAll(tools);
            allTemplates.addAll(templates);
            allPrompts.addAll(prompts);
            return Features.of(allTools, resources, allTemplates, allPrompts, changes, logging, taskStore);
        }

        private @Nullable MoodleFeatures moodle(SecureRandom random, WriteCalls writes, Alarms alarms) {
            return hasMoodle
                    ? MoodleFeatures.over(router, knownBrowsers, options, random, writes, browserTools, alarms)
                    : null;
        }

        private WriteTimes writeTimes() {
            return new WriteTimes(options.approvalWait(), options.approvalTime());
        }
    }
}
