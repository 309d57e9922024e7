package io.github.moodlemcp.server.jakarta;

import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.protocol.jsonrpc.Decoded;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcCodec;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcError;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcErrorCode;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcRequest;
import io.github.moodlemcp.protocol.mcp.Classified;
import io.github.moodlemcp.protocol.mcp.McpClassifier;
import io.github.moodlemcp.protocol.mcp.ProtocolVersion;
import io.github.moodlemcp.protocol.mcp.RequestHeaders;
import io.github.moodlemcp.server.Caller;
import io.github.moodlemcp.server.ServerOptions;
import io.github.moodlemcp.server.feature.Changes;
import io.github.moodlemcp.server.internal.Cancellation;
import io.github.moodlemcp.server.internal.ClientOf;
import io.github.moodlemcp.server.internal.McpDispatcher;
import io.github.moodlemcp.server.internal.McpExchange;
import io.github.moodlemcp.server.internal.McpReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP+SSE transport: the client opens one stream, sends its messages by POST to the address it is told there, and gets
 * all answers on the stream.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2024-11-05/basic/transports">Transports, revision
 *     2024-11-05, «HTTP with SSE»</a>
 */
@Path("/mcp")
public final class SseResource {
    private static final int ACCEPTED = 202;
    private static final int BAD_REQUEST = 400;

    private final ServerOptions options;
    private final McpDispatcher dispatcher;
    private final McpBody body;
    private final RequestLimit limit;
    private final JsonRpcCodec codec;
    private final SseStreams streams;
    private final OpenStreams openStreams;
    private final McpClassifier classifier = new McpClassifier();

    SseResource(
            ServerOptions options,
            McpDispatcher dispatcher,
            McpBody body,
            RequestLimit limit,
            JsonRpcCodec codec,
            SseStreams streams,
            OpenStreams openStreams) {
        this.options = options;
        this.dispatcher = dispatcher;
        this.body = body;
        this.limit = limit;
        this.codec = codec;
        this.streams = streams;
        this.openStreams = openStreams;
    }

    /** Opens a stream. */
    @GET
    @Path("/sse")
    public Response open(@Context SecurityContext security) {
        Caller caller = ((CallerPrincipal) security.getUserPrincipal()).caller();
        SseStreams.SseStream stream = streams.open(caller.account());
        Optional<Changes.Registration> following =
                dispatcher.follow(stream.name(), SessionStreams.notifying(stream.queue()));
        String address = options.mcpUrl().getRawPath() + "/messages?sessionId=" + stream.id();
        return openStreams.deliver(stream.queue(), events -> events.endpoint(address), () -> {
            following.ifPresent(Changes.Registration::close);
            streams.close(stream);
        });
    }

    /** Refuses what a REST runtime would otherwise answer as a GET, and so open a stream that nobody reads. */
    @HEAD
    @Path("/sse")
    public Response head() {
        return Response.fromResponse(Answers.problem(
                        Response.Status.METHOD_NOT_ALLOWED, "method_not_allowed", "A stream is opened here. Use GET."))
                .header(HttpHeaders.ALLOW, "GET")
                .build();
    }

    /** Takes a message for a stream; the answer comes there. */
    @POST
    @Path("/messages")
    public Response message(
            InputStream entity, @QueryParam("sessionId") @Nullable String id, @Context SecurityContext security)
            throws IOException {
        CallerPrincipal principal = (CallerPrincipal) security.getUserPrincipal();
        Caller caller = principal.caller();
        Optional<SseStreams.SseStream> stream = id == null ? Optional.empty() : streams.find(id, caller.account());
        if (stream.isEmpty()) {
            return Answers.problem(
                    Response.Status.NOT_FOUND,
                    "unknown_stream",
                    "The stream of this session is not open here. Open one with GET " + options.mcpUrl() + "/sse.");
        }
        McpBody.Read read = body.read(entity, principal.request());
        return limit.answer(caller, read, () -> switch (read) {
            case McpBody.Read.Refused(var response) -> response;
            case McpBody.Read.Body(var decoded) -> take(decoded, caller, stream.get());
        });
    }

    private Response take(Decoded decoded, Caller caller, SseStreams.SseStream stream) {
        RequestHeaders headers = new RequestHeaders(null, null, null, stream.version());
        return switch (classifier.classify(decoded, headers)) {
            case Classified.Request(var request, var version) -> {
                if (version.isModern()) {
                    yield refused(request);
                }
                begin(request, version, caller, stream);
                yield accepted();
            }
            case Classified.Notification(var notification) -> {
                if (notification.method().equals("notifications/cancelled")) {
                    JsonRpcCodec.idIn(notification.params().get("requestId")).ifPresent(stream::cancel);
                }
                yield accepted();
            }
            case Classified.Response ignored -> accepted();
            case Classified.Ignored ignored -> accepted();
            case Classified.Refused(var status, var error) -> Answers.json(status, codec.encode(error));
            case Classified.Batch ignored ->
                Answers.json(
                        BAD_REQUEST,
                        codec.encode(new JsonRpcError(
                                null,
                                JsonRpcErrorCode.INVALID_REQUEST,
                                "Invalid request: this transport takes one message per POST")));
        };
    }

    private Response refused(JsonRpcRequest request) {
        JsonRpcError error = new JsonRpcError(
                request.id(),
                JsonRpcErrorCode.INVALID_REQUEST,
                "This transport belongs to older revisions; send the request to " + options.mcpUrl());
        return Answers.json(BAD_REQUEST, codec.encode(error));
    }

    private void begin(JsonRpcRequest request, ProtocolVersion version, Caller caller, SseStreams.SseStream stream) {
        boolean initializes = request.method().equals("initialize");
        if (initializes) {
            stream.agreed(version, ClientOf.initialize(request));
        }
        Cancellation cancellation = new Cancellation();
        McpExchange exchange = new McpExchange(
                caller,
                request,
                initializes ? version : stream.version(),
                stream.client(),
                stream.name(),
                Deadline.after(options.requestDeadline()),
                cancellation,
                stream,
                name -> null);
        stream.begun(request.id(), cancellation);
        CompletableFuture<McpReply> reply = new CompletableFuture<>();
        Thread.ofVirtual().name("mcp-request").start(() -> reply.complete(dispatcher.dispatch(exchange)));
        long patience = options.requestDeadline().plus(McpAnswers.GRACE).toMillis();
        McpReply overdue = dispatcher.overdue(exchange);
        reply.completeOnTimeout(overdue, patience, TimeUnit.MILLISECONDS).thenAccept(answer -> {
            stream.respond(answer.response(), request.id(), cancellation);
            if (answer == overdue) {
                cancellation.cancel();
            }
        });
    }

    private static Response accepted() {
        return Response.status(ACCEPTED).build();
    }
}
