package io.github.moodlemcp.portal.web;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where the world reaches this service: every link, redirect and issuer is built from it, never from a request.
 *
 * @param base scheme and authority without path, such as {@code https://mcp.example.org}
 */
public record PublicAddress(URI base) {
    private static final Pattern LOOPBACK_HOST =
            Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]|[a-z0-9-]+\\.localhost");

    /** @throws IllegalArgumentException unless it is an http or https origin; a trailing slash is dropped */
    public PublicAddress {
        base = originOf(base);
    }

    /** The absolute address of a path that begins with a slash and may have a query. */
    public URI at(String path) {
        return URI.create(base + path);
    }

    /** The address as the {@code Origin} header and the OAuth issuer write it. */
    public String origin() {
        return base.toString();
    }

    public boolean isSecure() {
        return base.getScheme().equals("https");
    }

    /** Whether only this very machine can reach the service. */
    public boolean isLoopback() {
        return isLoopback(base);
    }

    /** Whether the address leads to this very machine. */
    public static boolean isLoopback(URI url) {
        return url.getHost() != null
                && LOOPBACK_HOST.matcher(url.getHost().toLowerCase(Locale.ROOT)).matches();
    }

    /** Where MCP clients connect. */
    public URI mcp() {
        return at("/mcp");
    }

    /** Where the extension connects, unless the socket lives elsewhere. */
    public URI webSocket() {
        return URI.create((isSecure() ? "wss" : "ws")
                + base.toString().substring(base.getScheme().length()) + "/ws");
    }

    private static URI originOf(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean isOrigin = uri.getHost() != null
                && uri.getUserInfo() == null
                && uri.getQuery() == null
                && uri.getFragment() == null
                && (uri.getPath().isEmpty() || uri.getPath().equals("/"));
        if (!isOrigin || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new IllegalArgumentException(
                    "The public address must be scheme and host without a path, as in https://mcp.example.org");
        }
        boolean isDefaultPort = uri.getPort() == (scheme.equals("https") ? 443 : 80);
        String port = uri.getPort() < 0 || isDefaultPort ? "" : ":" + uri.getPort();
        return URI.create(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port);
    }
}
