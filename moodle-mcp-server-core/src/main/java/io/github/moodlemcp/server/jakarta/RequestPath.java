package io.github.moodlemcp.server.jakarta;

import jakarta.ws.rs.container.ContainerRequestContext;

/** Which part of the service a request is for. */
final class RequestPath {
    private RequestPath() {}

    /** Whether the request is for the MCP endpoint, in whatever way its path is written. */
    static boolean isMcp(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        String relative = path.startsWith("/") ? path.substring(1) : path;
        return relative.equals("mcp") || relative.startsWith("mcp/");
    }
}
