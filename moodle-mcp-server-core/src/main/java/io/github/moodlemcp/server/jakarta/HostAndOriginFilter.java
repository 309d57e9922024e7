package io.github.moodlemcp.server.jakarta;

import io.github.moodlemcp.server.ServerOptions;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests for another host and, at {@code /mcp}, requests by pages of another origin: the defence against DNS
 * rebinding.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http">Streamable
 *     HTTP, revision 2026-07-28, «Security»</a>
 */
@PreMatching
@Priority(Priorities.AUTHENTICATION - 100)
final class HostAndOriginFilter implements ContainerRequestFilter {
    private static final Set<String> LOOPBACK_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

    private final String publicHost;
    private final String publicOrigin;
    private final boolean publicIsLoopback;
    private final Set<String> allowedOrigins;

    HostAndOriginFilter(ServerOptions options) {
        URI url = options.publicUrl();
        publicHost = url.getHost().toLowerCase(Locale.ROOT);
        publicOrigin = url.getScheme() + "://" + url.getAuthority().toLowerCase(Locale.ROOT);
        publicIsLoopback = LOOPBACK_HOSTS.contains(publicHost);
        allowedOrigins = options.allowedOrigins();
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!isAllowedHost(request.getHeaderString(HttpHeaders.HOST))) {
            request.abortWith(Answers.problem(
                    Response.Status.FORBIDDEN,
                    "forbidden_host",
                    "This service is not served under the host name of the request. Use " + publicOrigin
                            + ", or set MCP_SERVER_URL to the address that clients use."));
            return;
        }
        String origin = request.getHeaderString("Origin");
        if (origin != null && RequestPath.isMcp(request) && !isAllowedOrigin(origin)) {
            request.abortWith(Answers.problem(
                    Response.Status.FORBIDDEN,
                    "forbidden_origin",
                    "Pages of this origin may not call the endpoint. Call it from a program, or from a page of "
                            + publicOrigin + "."));
        }
    }

    private boolean isAllowedHost(@Nullable String header) {
        if (header == null) {
            return false;
        }
        String host = withoutPort(header.toLowerCase(Locale.ROOT));
        return host.equals(publicHost) || publicIsLoopback && LOOPBACK_HOSTS.contains(host);
    }

    private boolean isAllowedOrigin(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        if (lower.equals(publicOrigin) || allowedOrigins.contains(lower)) {
            return true;
        }
        String prefix = "http://";
        return publicIsLoopback
                && lower.startsWith(prefix)
                && LOOPBACK_HOSTS.contains(withoutPort(lower.substring(prefix.length())));
    }

    private static String withoutPort(String authority) {
        int colon = authority.lastIndexOf(':');
        boolean colonIsInAddress = colon < authority.indexOf(']');
        return colon < 0 || colonIsInAddress ? authority : authority.substring(0, colon);
    }
}
