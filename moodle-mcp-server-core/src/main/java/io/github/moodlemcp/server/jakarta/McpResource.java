package io.github.moodlemcp.server.jakarta;

import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcCodec;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcRequest;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcResponse;
import io.github.moodlemcp.protocol.mcp.Classified;
import io.github.moodlemcp.protocol.mcp.McpClassifier;
import io.github.moodlemcp.protocol.mcp.ProtocolVersion;
import io.github.moodlemcp.protocol.mcp.RequestHeaders;
import io.github.moodlemcp.server.Caller;
import io.github.moodlemcp.server.ServerOptions;
import io.github.moodlemcp.server.internal.McpDispatcher;
import io.github.moodlemcp.server.internal.McpExchange;
import io.github.moodlemcp.server.internal.McpReply;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The door of the MCP endpoint. The filters have checked host, origin and token; it reads the bounded body, has it
 * classified and dispatched, and writes one JSON answer.
 */
@Path("/mcp")
public final class McpResource {
    private static final int ACCEPTED = 202;

    private final ServerOptions options;
    private final McpDispatcher dispatcher;
    private final McpClassifier classifier = new McpClassifier();
    private final JsonRpcCodec codec;

    /**
     * @param options the limits
     * @param dispatcher what answers a request
     */
    public McpResource(ServerOptions options, McpDispatcher dispatcher) {
        this.options = options;
        this.dispatcher = dispatcher;
        this.codec = new JsonRpcCodec(options.maxBodyBytes());
    }

    /** Takes one message, or an array of them as revision 2025-03-26 has it. */
    @POST
    public Response post(InputStream body, @Context HttpHeaders headers, @Context SecurityContext security)
            throws IOException {
        MediaType type = headers.getMediaType();
        if (type == null || !type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
            return Answers.problem(
                    Response.Status.UNSUPPORTED_MEDIA_TYPE,
                    "unsupported_media_type",
                    "The body must be JSON. Send it with Content-Type: application/json.");
        }
        if (headers.getHeaderString(HttpHeaders.CONTENT_ENCODING) != null) {
            return Answers.problem(
                    Response.Status.UNSUPPORTED_MEDIA_TYPE,
                    "unsupported_encoding",
                    "Compressed bodies are not read. Send the JSON as it is.");
        }
        Optional<byte[]> bytes = RequestBody.read(body, headers, options.maxBodyBytes());
        if (bytes.isEmpty()) {
            return Answers.problem(
                    Response.Status.REQUEST_ENTITY_TOO_LARGE,
                    "body_too_large",
                    "The body is longer than " + options.maxBodyBytes() + " bytes. Send less at a time.");
        }
        Caller caller = ((CallerPrincipal) security.getUserPrincipal()).caller();
        return answer(classifier.classify(codec.decode(bytes.get()), requestHeaders(headers)), caller);
    }

    /** There is no stream to open. */
    @GET
    public Response get() {
        return methodNotAllowed();
    }

    /** There is no session to end. */
    @DELETE
    public Response delete() {
        return methodNotAllowed();
    }

    private Response answer(Classified classified, Caller caller) {
        return switch (classified) {
            case Classified.Request(var request, var version) -> {
                McpReply reply = dispatch(caller, request, version);
                Response response = Answers.json(reply.status(), codec.encode(reply.response()));
                yield reply.missingScope() == null ? response : withScopeChallenge(response, reply.missingScope());
            }
            case Classified.Batch(var requests, var errors) -> {
                List<JsonRpcResponse> responses = new ArrayList<>(errors);
                requests.forEach(request -> responses.add(
                        dispatch(caller, request, ProtocolVersion.V2025_03_26).response()));
                yield Answers.json(Response.Status.OK.getStatusCode(), codec.encodeBatch(responses));
            }
            case Classified.Accepted() -> Response.status(ACCEPTED).build();
            case Classified.Refused(var status, var error) -> Answers.json(status, codec.encode(error));
        };
    }

    private McpReply dispatch(Caller caller, JsonRpcRequest request, ProtocolVersion version) {
        return dispatcher.dispatch(
                new McpExchange(caller, request, version, Deadline.after(options.requestDeadline())));
    }

    private Response withScopeChallenge(Response response, String scope) {
        return Response.fromResponse(response)
                .header(
                        HttpHeaders.WWW_AUTHENTICATE,
                        "Bearer error=\"insufficient_scope\", scope=\"" + scope + "\", resource_metadata=\""
                                + ProtectedResourceMetadata.urlFor(options) + "\"")
                .build();
    }

    private static Response methodNotAllowed() {
        return Response.fromResponse(Answers.problem(
                        Response.Status.METHOD_NOT_ALLOWED,
                        "method_not_allowed",
                        "This endpoint opens no streams and keeps no sessions. Use POST."))
                .header(HttpHeaders.ALLOW, "POST")
                .build();
    }

    private static RequestHeaders requestHeaders(HttpHeaders headers) {
        return new RequestHeaders(
                trimmed(headers.getHeaderString("MCP-Protocol-Version")),
                trimmed(headers.getHeaderString("Mcp-Method")),
                trimmed(headers.getHeaderString("Mcp-Name")));
    }

    private static @Nullable String trimmed(@Nullable String value) {
        return value == null ? null : value.trim();
    }
}
