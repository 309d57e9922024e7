package io.github.moodlemcp.server.jakarta;

import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcCodec;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcMessage;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcRequest;
import io.github.moodlemcp.protocol.mcp.Classified;
import io.github.moodlemcp.protocol.mcp.ProtocolVersion;
import io.github.moodlemcp.server.ServerOptions;
import io.github.moodlemcp.server.feature.Client;
import io.github.moodlemcp.server.internal.Alarms;
import io.github.moodlemcp.server.internal.Cancellation;
import io.github.moodlemcp.server.internal.ClientOf;
import io.github.moodlemcp.server.internal.McpDispatcher;
import io.github.moodlemcp.server.internal.McpExchange;
import io.github.moodlemcp.server.internal.McpReply;
import io.github.moodlemcp.server.internal.Outbound;
import io.github.moodlemcp.server.internal.Outbounds;
import io.github.moodlemcp.server.internal.SessionMemory;
import io.github.moodlemcp.server.session.McpSession;
import io.github.moodlemcp.server.session.McpSessions;
import io.github.moodlemcp.server.spi.ClientDepartures;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers requests of a POST: as one JSON document when the answer is soon there and nothing is to be said before, else as
 * a stream of events. Safe for use by many threads.
 *
 * <p>A handler that may take its time runs on a virtual thread of its own, while the thread of the request waits and writes.
 */
final class McpAnswers {

    /** What is answered faster costs no look at the connection. */
    private static final Duration UNWATCHED = Duration.ofMillis(100);

    /** What a handler may take beyond the deadline, to say itself what became of the request. */
    static final Duration GRACE = Duration.ofSeconds(2);

    private static final int ACCEPTED = 202;
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final Duration FOREVER = Duration.ofDays(365);

    private final ServerOptions options;
    private final McpDispatcher dispatcher;
    private final JsonRpcCodec codec;
    private final McpSessions sessions;
    private final SessionMemory memory;
    private final ClientRequests clientRequests;
    private final ClientDepartures departures;
    private final Alarms alarms;

    McpAnswers(
            ServerOptions options,
            McpDispatcher dispatcher,
            JsonRpcCodec codec,
            McpSessions sessions,
            SessionMemory memory,
            ClientRequests clientRequests,
            ClientDepartures departures,
            Alarms alarms) {
        this.options = options;
        this.dispatcher = dispatcher;
        this.codec = codec;
        this.sessions = sessions;
        this.memory = memory;
        this.clientRequests = clientRequests;
        this.departures = departures;
        this.alarms = alarms;
    }

    /** The requests of one POST on their way to an answer; {@code watches} whether a client that goes cancels them. */
    private record Work(
            List<McpExchange> exchanges, PendingAnswer pending, boolean isBatch, boolean watches, String metadata) {
        void cancel() {
            exchanges.forEach(exchange -> exchange.cancellation().cancel());
        }
    }

    /** Answers one request. */
    Response answer(Classified.Request classified, Visit visit, CallerPrincipal principal) {
        JsonRpcRequest request = classified.request();
        ProtocolVersion version = classified.version();
        if (!McpDispatcher.mayTakeTime(request)) {
            return quickAnswer(request, version, visit, principal.metadata());
        }
        PendingAnswer pending = pending(visit, request);
        McpExchange exchange = exchange(request, version, visit, pending);
        if (!version.isModern()) {
            exchange.cancellation().onCancel(pending::complete);
        }
        Thread.ofVirtual().name("mcp-request").start(() -> {
            dispatch(exchange, pending);
            pending.complete();
        });
        return await(
                new Work(List.of(exchange), pending, false, version.isModern(), principal.metadata()),
                visit,
                principal);
    }

    /** Answers the requests of a batch, one after the other; {@code messages} are requests and refusals. */
    Response answerBatch(List<Classified.Message> messages, Visit visit, CallerPrincipal principal) {
        PendingAnswer pending = new PendingAnswer(
                visit.caller().account(),
                clientRequests,
                visit.takesEvents(),
                options.requestDeadline().plus(GRACE),
                alarms);
        List<McpExchange> exchanges = new ArrayList<>();
        for (Classified.Message message : messages) {
            switch (message) {
                case Classified.Request(var request, var version) ->
                    exchanges.add(exchange(request, version, visit, pending));
                case Classified.Refused(var status, var error) -> pending.add(new McpReply(status, error, null));
                case Classified.Notification ignored -> {}
                case Classified.Response ignored -> {}
                case Classified.Ignored ignored -> {}
            }
        }
        Thread.ofVirtual().name("mcp-batch").start(() -> {
            exchanges.forEach(exchange -> dispatch(exchange, pending));
            pending.complete();
        });
        return await(new Work(exchanges, pending, true, false, principal.metadata()), visit, principal);
    }

    private Response quickAnswer(JsonRpcRequest request, ProtocolVersion version, Visit visit, String metadata) {
        McpExchange exchange = exchange(request, version, visit, Outbounds.closed());
        Response response = json(dispatcher.dispatch(exchange), metadata);
        boolean opensSession = options.mcpSessions()
                && !version.isModern()
                && request.method().equals("initialize")
                && response.getStatus() == OK;
        if (!opensSession) {
            return response;
        }
        McpSession session = sessions.open(visit.caller().account(), version, ClientOf.initialize(request));
        return Response.fromResponse(response)
                .header("Mcp-Session-Id", session.id())
                .build();
    }

    private PendingAnswer pending(Visit visit, JsonRpcRequest request) {
        Duration patience = McpDispatcher.isOpenEnded(request)
                ? FOREVER
                : options.requestDeadline().plus(GRACE);
        return new PendingAnswer(visit.caller().account(), clientRequests, visit.takesEvents(), patience, alarms);
    }

    private McpExchange exchange(JsonRpcRequest request, ProtocolVersion version, Visit visit, Outbound outbound) {
        Client client = version.isModern() ? ClientOf.request(request) : visit.client();
        return new McpExchange(
                visit.caller(),
                request,
                version,
                client,
                visit.sessionKey(version),
                Deadline.after(options.requestDeadline()),
                new Cancellation(),
                outbound,
                visit::header);
    }

    /** Adds the reply to a request, unless it was cancelled meanwhile. */
    private void dispatch(McpExchange exchange, PendingAnswer pending) {
        memory.waiting(exchange.sessionId(), exchange.request().id(), exchange.cancellation());
        try {
            McpReply reply = dispatcher.dispatch(exchange);
            if (!exchange.cancellation().isCancelled() || McpDispatcher.isOpenEnded(exchange.request())) {
                pending.add(reply);
            }
        } finally {
            memory.answered(exchange.sessionId(), exchange.request().id(), exchange.cancellation());
        }
    }

    private Response await(Work work, Visit visit, CallerPrincipal principal) {
        try {
            if (work.pending().awaitWhole(UNWATCHED)) {
                return json(work);
            }
            ClientDepartures.Watch watch =
                    work.watches() ? departures.watch(principal.request(), work::cancel) : () -> {};
            boolean isWhole = !work.pending().hasMessages()
                    && work.pending().awaitWhole(visit.takesEvents() ? options.answerWait() : FOREVER);
            if (isWhole || !visit.takesEvents()) {
                watch.close();
                return isWhole ? json(work) : overdue(work);
            }
            return EventStream.response(out -> stream(out, work, watch));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            work.cancel();
            return overdue(work);
        }
    }

    private void stream(OutputStream out, Work work, ClientDepartures.Watch watch) {
        try (watch) {
            write(new EventStream(out, codec), work);
        } catch (IOException e) {
            // The client has gone; a runtime that heard of it would log a stack trace.
            if (work.watches()) {
                work.cancel();
            }
        }
    }

    private void write(EventStream stream, Work work) throws IOException {
        stream.comment("open");
        try {
            while (true) {
                switch (work.pending().next(options.keepAlive())) {
                    case MessageQueue.Polled.Message(var message) -> stream.message(message);
                    case MessageQueue.Polled.Nothing() -> {
                        if (work.pending().isOverdue()) {
                            writeAll(stream, overdueReplies(work));
                            return;
                        }
                        stream.comment("keep-alive");
                    }
                    case MessageQueue.Polled.Ended() -> {
                        writeAll(stream, work.pending().replies());
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            work.cancel();
            throw new InterruptedIOException();
        }
    }

    private static void writeAll(EventStream stream, List<McpReply> replies) throws IOException {
        for (McpReply reply : replies) {
            stream.message(reply.response());
        }
    }

    private Response overdue(Work work) {
        return json(overdueReplies(work), work);
    }

    /** The replies there are, and for each request that has none a clear one; its handler is told to stop. */
    private List<McpReply> overdueReplies(Work work) {
        List<McpReply> replies = new ArrayList<>(work.pending().replies());
        work.cancel();
        work.exchanges().stream()
                .filter(exchange -> replies.stream()
                        .noneMatch(reply ->
                                exchange.request().id().equals(reply.response().id())))
                .map(dispatcher::overdue)
                .toList()
                .forEach(replies::add);
        return replies;
    }

    private Response json(Work work) {
        return json(work.pending().replies(), work);
    }

    private Response json(List<McpReply> replies, Work work) {
        if (replies.isEmpty()) {
            return Response.status(ACCEPTED).build();
        }
        if (!work.isBatch()) {
            return json(replies.getFirst(), work.metadata());
        }
        List<JsonRpcMessage> responses = new ArrayList<>();
        replies.forEach(reply -> responses.add(reply.response()));
        return Answers.json(OK, codec.encodeBatch(responses));
    }

    private Response json(McpReply reply, String metadata) {
        Response response = Answers.json(reply.status(), codec.encode(reply.response()));
        if (reply.status() == UNAUTHORIZED) {
            return challenged(response, "Bearer error=\"invalid_token\", resource_metadata=\"" + metadata + "\"");
        }
        return reply.missingScope() == null ? response : withScopeChallenge(response, reply.missingScope(), metadata);
    }

    private static Response withScopeChallenge(Response response, String scope, String metadata) {
        return challenged(
                response,
                "Bearer error=\"insufficient_scope\", scope=\"" + scope + "\", resource_metadata=\"" + metadata + "\"");
    }

    private static Response challenged(Response response, String challenge) {
        return Response.fromResponse(response)
                .header(HttpHeaders.WWW_AUTHENTICATE, challenge)
                .build();
    }
}
