package io.github.moodlemcp.server.jakarta;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.server.ServerOptions;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Says how the MCP endpoint is protected.
 *
 * <p>It names no authorization server: access is by API key.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9728">RFC 9728, section 3</a>
 */
@Path("/.well-known/oauth-protected-resource")
public final class ProtectedResourceMetadata {
    private static final String PATH = "/.well-known/oauth-protected-resource";

    private final byte[] document;

    ProtectedResourceMetadata(ServerOptions options, Protection protection) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("resource", options.mcpUrl().toString())
                .put("resource_name", protection.resourceName());
        if (!protection.scopes().isEmpty()) {
            protection.scopes().forEach(json.putArray("scopes_supported")::add);
        }
        json.putArray("bearer_methods_supported").add("header");
        json.put("resource_documentation", options.publicUrl() + "/");
        document = json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Where the document of the endpoint lies: the well-known path, then the path of the resource. */
    static String urlFor(ServerOptions options) {
        URI resource = options.mcpUrl();
        return resource.getScheme() + "://" + resource.getAuthority() + PATH + resource.getPath();
    }

    /** The document at the root. */
    @GET
    public Response atRoot() {
        return answer();
    }

    /** The document of the endpoint. */
    @GET
    @Path("/mcp")
    public Response ofEndpoint() {
        return answer();
    }

    private Response answer() {
        return Response.ok(document, MediaType.APPLICATION_JSON_TYPE)
                .header("Access-Control-Allow-Origin", "*")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }
}
