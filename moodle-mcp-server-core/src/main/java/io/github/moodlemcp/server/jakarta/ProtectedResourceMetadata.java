package io.github.moodlemcp.server.jakarta;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.server.ServerOptions;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Says how the MCP endpoint is protected.
 *
 * <p>It names the authorization servers whose tokens are taken; none where access is by API key alone.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9728">RFC 9728, section 3</a>
 */
@Path("/.well-known/oauth-protected-resource")
public final class ProtectedResourceMetadata {
    private static final String PATH = "/.well-known/oauth-protected-resource";

    private final ServerOptions options;
    private final Protection protection;
    private final byte[] document;

    ProtectedResourceMetadata(ServerOptions options, Protection protection) {
        this.options = options;
        this.protection = protection;
        document = document(McpAddress.plain());
    }

    private byte[] document(McpAddress address) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("resource", address.resource(options).toString())
                .put("resource_name", protection.resourceName());
        options.authorizationServers()
                .forEach(issuer -> json.withArray("authorization_servers").add(issuer.toString()));
        List<String> scopes = protection.scopes(address.selection());
        if (!scopes.isEmpty()) {
            scopes.forEach(json.putArray("scopes_supported")::add);
        }
        json.putArray("bearer_methods_supported").add("header");
        json.put("resource_documentation", options.publicUrl() + "/");
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Where the document of an address lies: the well-known path, then the path of the resource. */
    static String urlFor(ServerOptions options, McpAddress address) {
        URI resource = address.resource(options);
        return resource.getScheme() + "://" + resource.getAuthority() + PATH + resource.getPath();
    }

    /** The document at the root. */
    @GET
    public Response atRoot() {
        return answer(document);
    }

    /** The document of the endpoint. */
    @GET
    @Path("/mcp")
    public Response ofEndpoint() {
        return answer(document);
    }

    /** The document of an address that selects tools. */
    @GET
    @Path("/mcp/{selection: .+}")
    public Response ofSelection(@PathParam("selection") String selection) {
        McpAddress address = McpAddress.selecting("/" + selection)
                .filter(written -> !written.isUnknownTo(protection))
                .orElseThrow(NotFoundException::new);
        return answer(document(address));
    }

    /** A page's question whether it may read the document; it may. */
    @OPTIONS
    public Response preflightAtRoot() {
        return preflight();
    }

    @OPTIONS
    @Path("/mcp")
    public Response preflightOfEndpoint() {
        return preflight();
    }

    @OPTIONS
    @Path("/mcp/{selection: .+}")
    public Response preflightOfSelection() {
        return preflight();
    }

    private static Response preflight() {
        return Response.noContent()
                .header("Access-Control-Allow-Origin", "*")
                .header("Access-Control-Allow-Methods", "GET")
                .header("Access-Control-Allow-Headers", "MCP-Protocol-Version")
                .build();
    }

    private static Response answer(byte[] document) {
        return Response.ok(document, MediaType.APPLICATION_JSON_TYPE)
                .header("Access-Control-Allow-Origin", "*")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }
}
