package io.github.moodlemcp.server.jakarta;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which part of the service a request is for. */
final class RequestPath {
    private static final Pattern MCP = Pattern.compile("/*mcp(?![^/;])");

    private RequestPath() {}

    /** The address of the endpoint that the request is for; one that selects nothing when it is for another. */
    static McpAddress address(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        Matcher mcp = MCP.matcher(path);
        return mcp.lookingAt()
                ? McpAddress.selecting(path.substring(mcp.end())).orElse(McpAddress.plain())
                : McpAddress.plain();
    }

    /**
     * Whether the request is for the MCP endpoint, in whatever way its path is written: REST runtimes pass over matrix
     * parameters and slashes when they look for the resource.
     */
    static boolean isMcp(ContainerRequestContext request) {
        return MCP.matcher(request.getUriInfo().getPath()).lookingAt();
    }
}
