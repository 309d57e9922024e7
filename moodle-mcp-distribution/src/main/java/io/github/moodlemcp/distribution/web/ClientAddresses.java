package io.github.moodlemcp.distribution.web;

import io.github.moodlemcp.distribution.config.AddressRange;
import jakarta.websocket.server.HandshakeRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.glassfish.tyrus.core.RequestContext;

/** Tells which IP address a WebSocket handshake that came through {@link WebServer} comes from. */
public final class ClientAddresses implements Function<HandshakeRequest, String> {
    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private final List<AddressRange> proxies;

    /** @param proxies whose word is taken for where a request came from before it reached them */
    public ClientAddresses(List<AddressRange> proxies) {
        this.proxies = List.copyOf(proxies);
    }

    @Override
    public String apply(HandshakeRequest handshake) {
        String peer = handshake instanceof RequestContext request && request.getRemoteAddr() != null
                ? request.getRemoteAddr()
                : "";
        return of(peer, forwardedFor(handshake.getHeaders()));
    }

    /**
     * The address nearest to us that is not one of our proxies: everything farther away may be made up.
     *
     * @param forwardedFor what the proxies have noted, the nearest last
     */
    String of(String peer, List<String> forwardedFor) {
        String address = peer;
        for (String farther : forwardedFor.reversed()) {
            if (!isProxy(address)) {
                return address;
            }
            address = farther;
        }
        return address;
    }

    private boolean isProxy(String address) {
        return proxies.stream().anyMatch(range -> range.contains(address));
    }

    private static List<String> forwardedFor(Map<String, List<String>> headers) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(FORWARDED_FOR))
                .flatMap(header -> header.getValue().stream())
                .flatMap(value -> List.of(value.split(",")).stream())
                .map(String::strip)
                .toList();
    }
}
