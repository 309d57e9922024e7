package io.github.moodlemcp.server.jakarta;

import io.github.moodlemcp.protocol.bridge.BridgeProtocol;
import io.github.moodlemcp.server.ServerOptions;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Judges the handshake: only pages of our extension get through, and the token they bring is kept for {@link Bridges},
 * because a browser cannot see why a handshake failed.
 */
final class BridgeHandshake extends ServerEndpointConfig.Configurator {
    static final String TOKEN = "io.github.moodlemcp.token";
    static final String USER_AGENT = "io.github.moodlemcp.userAgent";
    static final String ADDRESS = "io.github.moodlemcp.address";

    private static final String CHROMIUM_PREFIX = "chrome-extension://";
    private static final Pattern FIREFOX_ORIGIN =
            Pattern.compile("moz-extension://[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private final Set<String> extensionIds;
    private final Function<HandshakeRequest, String> remoteAddress;
    private final Bridges bridges;

    /** @param remoteAddress tells the IP address that a handshake comes from; empty when it is not known */
    BridgeHandshake(ServerOptions options, Function<HandshakeRequest, String> remoteAddress, Bridges bridges) {
        this.extensionIds = options.extensionIds();
        this.remoteAddress = remoteAddress;
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
        properties.put(ADDRESS, remoteAddress.apply(request));
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
