package io.github.moodlemcp.server.jakarta;

import io.github.moodlemcp.protocol.bridge.BridgeProtocol;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcCodec;
import io.github.moodlemcp.server.ServerOptions;
import io.github.moodlemcp.server.internal.Alarms;
import io.github.moodlemcp.server.internal.McpDispatcher;
import io.github.moodlemcp.server.internal.SessionMemory;
import io.github.moodlemcp.server.session.McpSessions;
import io.github.moodlemcp.server.spi.ClientDepartures;
import io.github.moodlemcp.server.spi.RateLimiter;
import io.github.moodlemcp.server.spi.TokenVerifier;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.security.SecureRandom;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a REST runtime takes.
 *
 * @param restComponents the resources, filters and features of the MCP endpoint, as singletons
 * @param streams the streams that stay open until they are closed here
 */
public record JakartaParts(Set<Object> restComponents, OpenStreams streams) implements AutoCloseable {

    @Override
    public void close() {
        streams.close();
    }

    /**
     * The parts of a server.
     *
     * @param limiter null for no limit
     * @param failures is told of keys and tokens that are not good
     * @param alarms end the waiting for answers
     */
    public static JakartaParts of(
            ServerOptions options,
            McpDispatcher dispatcher,
            SessionMemory memory,
            TokenVerifier tokens,
            Protection protection,
            ClientDepartures departures,
            @Nullable RateLimiter limiter,
            Failures failures,
            SecureRandom random,
            Alarms alarms) {
        JsonRpcCodec codec = new JsonRpcCodec(options.maxBodyBytes());
        McpBody body = new McpBody(codec, options.maxBodyBytes());
        RequestLimit limit = new RequestLimit(limiter, codec);
        McpSessions sessions = new McpSessions(options.signingSecrets(), random);
        ClientRequests clientRequests = new ClientRequests(random);
        OpenStreams openStreams = new OpenStreams(codec, options.keepAlive());
        McpAnswers answers =
                new McpAnswers(options, dispatcher, codec, sessions, memory, clientRequests, departures, alarms);

        Set<Object> components = new LinkedHashSet<>();
        components.add(new ImmediateWrites());
        components.add(new HostAndOriginFilter(options));
        components.add(new AuthenticationFilter(options, protection, tokens, failures));
        components.add(new McpResource(
                body,
                limit,
                codec,
                answers,
                new SessionStreams(dispatcher, openStreams, alarms),
                sessions,
                memory,
                clientRequests,
                options.mcpSessions()));
        components.add(new SseResource(
                options,
                dispatcher,
                body,
                limit,
                codec,
                new SseStreams(options.signingSecrets(), random, alarms),
                openStreams));
        components.add(new ProtectedResourceMetadata(options, protection));
        return new JakartaParts(components, openStreams);
    }

    /**
     * The endpoint of the bridge.
     *
     * @param remoteAddress tells the IP address that a handshake comes from; empty when it is not known
     */
    public static ServerEndpointConfig endpoint(
            ServerOptions options, Function<HandshakeRequest, String> remoteAddress, Bridges bridges) {
        return ServerEndpointConfig.Builder.create(BridgeEndpoint.class, "/ws")
                .subprotocols(List.of(BridgeProtocol.SUBPROTOCOL))
                .configurator(new BridgeHandshake(options, remoteAddress, bridges))
                .build();
    }
}
