package io.github.moodlemcp.testkit.load;

import static java.util.Objects.requireNonNull;

import io.github.moodlemcp.protocol.bridge.BridgeProtocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link LightSocket} asks for its connection.
 *
 * @param url with scheme {@code ws}; TLS is not spoken
 * @param headers such as {@code Origin} and {@code Sec-WebSocket-Protocol}, by name, in the order they are sent
 * @param from the address to connect from, or null for what the system chooses; one address has fewer than 28 000 ports to
 *     one server on most systems
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-4.1">RFC 6455, section 4.1</a>
 */
public record Handshake(
        URI url, Map<String, String> headers, @Nullable InetAddress from) {
    private static final int HTTP_PORT = 80;

    public Handshake {
        requireNonNull(url, "url");
        if (!"ws".equals(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException(url + " is no address of a WebSocket without TLS, such as ws://host/ws");
        }
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** The handshake of an extension. */
    public static Handshake ofExtension(URI url, String origin, String token) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Origin", origin);
        headers.put(
                "Sec-WebSocket-Protocol",
                BridgeProtocol.SUBPROTOCOL + ", " + BridgeProtocol.TOKEN_SUBPROTOCOL_PREFIX + token);
        return new Handshake(url, headers, null);
    }

    /** The same from another address of this machine. */
    public Handshake from(InetAddress address) {
        return new Handshake(url, headers, address);
    }

    InetSocketAddress server() {
        return new InetSocketAddress(url.getHost(), port());
    }

    /** @param key the value of {@code Sec-WebSocket-Key} */
    byte[] request(String key) {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        StringBuilder request = new StringBuilder("GET ").append(path);
        if (url.getRawQuery() != null) {
            request.append('?').append(url.getRawQuery());
        }
        request.append(" HTTP/1.1\r\nHost: ").append(url.getHost()).append(':').append(port());
        request.append(
                        "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ")
                .append(key)
                .append("\r\n");
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        return request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private int port() {
        return url.getPort() < 0 ? HTTP_PORT : url.getPort();
    }
}
