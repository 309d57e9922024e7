package io.github.moodlemcp.server.jakarta;

import io.github.moodlemcp.protocol.bridge.BridgeProtocol;
import io.github.moodlemcp.server.ServerOptions;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Judges the handshake: only pages of our extension get through, and the token they bring is kept for {@link Bridges},
 * because a browser cannot see why a handshake failed.
 */
final class BridgeHandshake extends ServerEndpointConfig.Configurator {
    static final String TOKEN = "io.github.moodlemcp.token";
    static final String USER_AGENT = "io.github.moodlemcp.userAgent";

    private static final String CHROMIUM_PREFIX = "chrome-extension://";
    private static final Pattern FIREFOX_ORIGIN =
            Pattern.compile("moz-extension://[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private final Set<String> extensionIds;
    private final Bridges bridges;

    BridgeHandshake(ServerOptions options, Bridges bridges) {
        this.extensionIds = options.extensionIds();
        this.bridges = bridges;
    }

    @Override
    public boolean checkOrigin(@Nullable String origin) {
        if (origin == null) {
            return false;
        }
        if (origin.startsWith(CHROMIUM_PREFIX)) {
            return extensionIds.contains(origin.substring(CHROMIUM_PREFIX.length()));
        }
        return FIREFOX_ORIGIN.matcher(origin).matches();
    }

    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        return requested.contains(BridgeProtocol.SUBPROTOCOL) ? BridgeProtocol.SUBPROTOCOL : "";
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        Map<String, Object> properties = config.getUserProperties();
        properties.remove(TOKEN);
        properties.remove(USER_AGENT);
        for (String protocol : values(request, "Sec-WebSocket-Protocol")) {
            if (protocol.startsWith(BridgeProtocol.TOKEN_SUBPROTOCOL_PREFIX)) {
                properties.put(TOKEN, protocol.substring(BridgeProtocol.TOKEN_SUBPROTOCOL_PREFIX.length()));
            }
        }
        values(request, "User-Agent").stream().findFirst().ifPresent(agent -> properties.put(USER_AGENT, agent));
    }

    @Override
    public <T> T getEndpointInstance(Class<T> endpointClass) {
        return endpointClass.cast(new BridgeEndpoint(bridges));
    }

    private static List<String> values(HandshakeRequest request, String name) {
        return request.getHeaders().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .flatMap(header -> header.getValue().stream())
                .flatMap(value ->
                        name.equals("User-Agent") ? List.of(value).stream() : List.of(value.split(",")).stream())
                .map(String::trim)
                .toList();
    }
}
