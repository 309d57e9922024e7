package io.github.moodlemcp.server.jakarta;

import io.github.moodlemcp.protocol.bridge.BridgeProtocol;
import io.github.moodlemcp.server.ServerOptions;
import io.github.moodlemcp.server.internal.McpDispatcher;
import io.github.moodlemcp.server.spi.TokenVerifier;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes what a REST runtime and a WebSocket container take. */
public final class JakartaParts {
    private JakartaParts() {}

    /** The resources and filters of the MCP endpoint, as singletons. */
    public static Set<Object> restComponents(ServerOptions options, McpDispatcher dispatcher, TokenVerifier tokens) {
        Set<Object> components = new LinkedHashSet<>();
        components.add(new HostAndOriginFilter(options));
        components.add(new AuthenticationFilter(options, tokens));
        components.add(new McpResource(options, dispatcher));
        components.add(new ProtectedResourceMetadata(options));
        return components;
    }

    /** The endpoint of the bridge. */
    public static ServerEndpointConfig endpoint(ServerOptions options, Bridges bridges) {
        return ServerEndpointConfig.Builder.create(BridgeEndpoint.class, "/ws")
                .subprotocols(List.of(BridgeProtocol.SUBPROTOCOL))
                .configurator(new BridgeHandshake(options, bridges))
                .build();
    }
}
