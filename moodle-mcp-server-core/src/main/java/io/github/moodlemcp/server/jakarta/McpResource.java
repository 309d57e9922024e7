package io.github.moodlemcp.server.jakarta;

import io.github.moodlemcp.protocol.jsonrpc.JsonRpcCodec;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcError;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcErrorCode;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcNotification;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcResponse;
import io.github.moodlemcp.protocol.jsonrpc.RequestId;
import io.github.moodlemcp.protocol.mcp.Classified;
import io.github.moodlemcp.protocol.mcp.McpClassifier;
import io.github.moodlemcp.server.internal.SessionMemory;
import io.github.moodlemcp.server.session.McpSessions;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The door of the MCP endpoint. The filters have checked host, origin and token; it reads the bounded body, has it
 * classified, and hands it to {@link McpAnswers}.
 */
@Path("/mcp")
public final class McpResource {
    private static final int ACCEPTED = 202;
    private static final int NO_CONTENT = 204;

    private final McpBody body;
    private final RequestLimit limit;
    private final McpClassifier classifier = new McpClassifier();
    private final JsonRpcCodec codec;
    private final McpAnswers answers;
    private final SessionStreams sessionStreams;
    private final McpSessions sessions;
    private final SessionMemory memory;
    private final ClientRequests clientRequests;
    private final boolean keepsSessions;

    McpResource(
            McpBody body,
            RequestLimit limit,
            JsonRpcCodec codec,
            McpAnswers answers,
            SessionStreams sessionStreams,
            McpSessions sessions,
            SessionMemory memory,
            ClientRequests clientRequests,
            boolean keepsSessions) {
        this.body = body;
        this.limit = limit;
        this.codec = codec;
        this.answers = answers;
        this.sessionStreams = sessionStreams;
        this.sessions = sessions;
        this.memory = memory;
        this.clientRequests = clientRequests;
        this.keepsSessions = keepsSessions;
    }

    /** Takes one message, or an array of them as revision 2025-03-26 has it. */
    @POST
    public Response post(InputStream entity, @Context SecurityContext security) throws IOException {
        CallerPrincipal principal = (CallerPrincipal) security.getUserPrincipal();
        McpBody.Read read = body.read(entity, principal.request());
        return limit.answer(principal.caller(), read, () -> switch (read) {
            case McpBody.Read.Refused(var response) -> response;
            case McpBody.Read.Body(var decoded) -> {
                Visit visit = Visit.of(principal, sessions);
                yield answer(classifier.classify(decoded, visit.requestHeaders()), visit, principal);
            }
        });
    }

    /** Opens the stream on which a session hears of changes, where there are any; else there is no stream to open. */
    @GET
    public Response get(@Context SecurityContext security) {
        CallerPrincipal principal = (CallerPrincipal) security.getUserPrincipal();
        Visit visit = Visit.of(principal, sessions);
        return visit.isOfLostSession()
                ? lostSession(null)
                : sessionStreams.open(visit).orElseGet(this::methodNotAllowed);
    }

    /** Refuses what a REST runtime would otherwise answer as a GET, and so open a stream that nobody reads. */
    @HEAD
    public Response head() {
        return methodNotAllowed();
    }

    /** Ends a session. */
    @DELETE
    public Response delete(@Context SecurityContext security) {
        CallerPrincipal principal = (CallerPrincipal) security.getUserPrincipal();
        Visit visit = Visit.of(principal, sessions);
        if (!keepsSessions || visit.sessionId() == null) {
            return methodNotAllowed();
        }
        if (visit.session() == null) {
            return lostSession(null);
        }
        sessions.end(visit.session());
        sessionStreams.end(visit.session());
        return Response.status(NO_CONTENT).build();
    }

    private Response answer(Classified classified, Visit visit, CallerPrincipal principal) {
        return switch (classified) {
            case Classified.Refused(var status, var error) -> Answers.json(status, codec.encode(error));
            case Classified.Ignored() -> accepted();
            case Classified.Request request -> {
                boolean needsSession = !request.version().isModern()
                        && !request.request().method().equals("initialize");
                yield needsSession && visit.isOfLostSession()
                        ? lostSession(request.request().id())
                        : answers.answer(request, visit, principal);
            }
            case Classified.Batch(var messages) ->
                visit.isOfLostSession() ? lostSession(null) : answerBatch(messages, visit, principal);
            case Classified.Notification(var notification) -> {
                if (visit.isOfLostSession()) {
                    yield lostSession(null);
                }
                notified(notification, visit);
                yield accepted();
            }
            case Classified.Response(var response) -> {
                if (visit.isOfLostSession()) {
                    yield lostSession(null);
                }
                answered(response, visit);
                yield accepted();
            }
        };
    }

    private Response answerBatch(List<Classified.Message> messages, Visit visit, CallerPrincipal principal) {
        for (Classified.Message message : messages) {
            switch (message) {
                case Classified.Notification(var notification) -> notified(notification, visit);
                case Classified.Response(var response) -> answered(response, visit);
                case Classified.Request ignored -> {}
                case Classified.Refused ignored -> {}
                case Classified.Ignored ignored -> {}
            }
        }
        List<Classified.Message> toAnswer = messages.stream()
                .filter(message -> message instanceof Classified.Request || message instanceof Classified.Refused)
                .toList();
        return toAnswer.isEmpty() ? accepted() : answers.answerBatch(toAnswer, visit, principal);
    }

    private void notified(JsonRpcNotification notification, Visit visit) {
        if (!notification.method().equals("notifications/cancelled") || visit.session() == null) {
            return;
        }
        Optional<RequestId> request = JsonRpcCodec.idIn(notification.params().get("requestId"));
        request.ifPresent(id -> memory.cancel(visit.session().id(), id));
    }

    private void answered(JsonRpcResponse response, Visit visit) {
        clientRequests.answered(visit.caller().account(), response);
    }

    private Response lostSession(@Nullable RequestId id) {
        JsonRpcError error = new JsonRpcError(
                id,
                JsonRpcErrorCode.INVALID_REQUEST,
                "The MCP session is not known or has ended; call initialize again");
        return Answers.json(Response.Status.NOT_FOUND.getStatusCode(), codec.encode(error));
    }

    private static Response accepted() {
        return Response.status(ACCEPTED).build();
    }

    private Response methodNotAllowed() {
        return Response.fromResponse(Answers.problem(
                        Response.Status.METHOD_NOT_ALLOWED,
                        "method_not_allowed",
                        "There is no stream to open here, and no session to end. Use POST."))
                .header(HttpHeaders.ALLOW, keepsSessions ? "POST, DELETE" : "POST")
                .build();
    }
}
