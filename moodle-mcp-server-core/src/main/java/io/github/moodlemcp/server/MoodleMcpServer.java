package io.github.moodlemcp.server;

import static java.util.Objects.requireNonNull;

import io.github.moodlemcp.bridge.CommandRouter;
import io.github.moodlemcp.bridge.InProcessCommandRouter;
import io.github.moodlemcp.server.internal.Dispatchers;
import io.github.moodlemcp.server.jakarta.Bridges;
import io.github.moodlemcp.server.jakarta.JakartaParts;
import io.github.moodlemcp.server.spi.AuditLog;
import io.github.moodlemcp.server.spi.ConnectionLog;
import io.github.moodlemcp.server.spi.TokenVerifier;
import jakarta.websocket.server.ServerEndpointConfig;
import java.time.InstantSource;
import java.util.Set;

/**
 * An embeddable Moodle MCP server: register {@link #restComponents()} with a Jakarta REST runtime and {@link #endpoint()}
 * with a Jakarta WebSocket container, on the same host.
 *
 * <p>Tool calls block their thread until the browser answers, so give the runtime virtual threads or enough others. Safe
 * for use by many threads.
 */
public final class MoodleMcpServer implements AutoCloseable {
    private final Set<Object> restComponents;
    private final Bridges bridges;
    private final ServerEndpointConfig endpoint;
    private final CommandRouter router;

    private MoodleMcpServer(Builder builder) {
        router = builder.router;
        bridges = new Bridges(
                builder.options, builder.extensionTokens, router, builder.connectionLog, InstantSource.system());
        restComponents = JakartaParts.restComponents(
                builder.options,
                Dispatchers.dispatcher(builder.options, router, builder.auditLog),
                builder.callerTokens);
        endpoint = JakartaParts.endpoint(builder.options, bridges);
    }

    /** Starts a server that accepts nobody until it is given verifiers. */
    public static Builder builder(ServerOptions options) {
        return new Builder(options);
    }

    /** The resources and filters of {@code /mcp} and its metadata, to be registered as singletons. */
    public Set<Object> restComponents() {
        return restComponents;
    }

    /** The endpoint {@code /ws}, where extensions connect. */
    public ServerEndpointConfig endpoint() {
        return endpoint;
    }

    /** The router in use: who is connected, and how to disconnect them. */
    public CommandRouter router() {
        return router;
    }

    /** Closes all connections of extensions with 1012, before the containers are stopped. */
    @Override
    public void close() {
        bridges.close();
    }

    /** Collects what a server is made of; for one thread. */
    public static final class Builder {
        private final ServerOptions options;
        private TokenVerifier callerTokens = TokenVerifier.rejectingEverybody();
        private TokenVerifier extensionTokens = TokenVerifier.rejectingEverybody();
        private CommandRouter router = new InProcessCommandRouter();
        private AuditLog auditLog = AuditLog.none();
        private ConnectionLog connectionLog = ConnectionLog.none();

        private Builder(ServerOptions options) {
            this.options = requireNonNull(options, "options");
        }

        /** Judges the keys and tokens of MCP clients. */
        public Builder callerTokens(TokenVerifier verifier) {
            callerTokens = requireNonNull(verifier, "verifier");
            return this;
        }

        /** Judges the tokens of extensions. */
        public Builder extensionTokens(TokenVerifier verifier) {
            extensionTokens = requireNonNull(verifier, "verifier");
            return this;
        }

        /** The router; one for a single node by default. */
        public Builder router(CommandRouter given) {
            router = requireNonNull(given, "router");
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

        /** The server. */
        public MoodleMcpServer build() {
            return new MoodleMcpServer(this);
        }
    }
}
