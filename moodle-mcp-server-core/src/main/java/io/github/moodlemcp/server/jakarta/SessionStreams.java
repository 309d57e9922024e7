package io.github.moodlemcp.server.jakarta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcNotification;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcResponse;
import io.github.moodlemcp.server.internal.Alarms;
import io.github.moodlemcp.server.internal.McpDispatcher;
import io.github.moodlemcp.server.internal.Outbound;
import io.github.moodlemcp.server.internal.Outbounds;
import io.github.moodlemcp.server.session.McpSession;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The streams that revisions 2025-03-26 to 2025-11-25 open by GET, to hear of changes. A session has one at a node, the one
 * it opened last, because a message goes out on one stream alone. Safe for use by many threads.
 */
final class SessionStreams {
    private final McpDispatcher dispatcher;
    private final OpenStreams streams;
    private final Alarms alarms;
    private final ConcurrentMap<String, MessageQueue> bySession = new ConcurrentHashMap<>();

    SessionStreams(McpDispatcher dispatcher, OpenStreams streams, Alarms alarms) {
        this.dispatcher = dispatcher;
        this.streams = streams;
        this.alarms = alarms;
    }

    /** The stream of the visit's session; empty when it has none, or there is nothing to hear of. */
    Optional<Response> open(Visit visit) {
        if (visit.session() == null || !visit.takesEvents()) {
            return Optional.empty();
        }
        String session = visit.session().id();
        MessageQueue queue = new MessageQueue(alarms);
        return dispatcher.follow(session, notifying(queue)).map(registration -> {
            MessageQueue earlier = bySession.put(session, queue);
            if (earlier != null) {
                earlier.end();
            }
            return streams.deliver(queue, stream -> stream.comment("open"), () -> {
                registration.close();
                bySession.remove(session, queue);
            });
        });
    }

    /** Ends the stream of a session that has ended. */
    void end(McpSession session) {
        MessageQueue queue = bySession.get(session.id());
        if (queue != null) {
            queue.end();
        }
    }

    /** A way to the client that takes notifications; a client that does not keep up loses its stream. */
    static Outbound notifying(MessageQueue queue) {
        return new Outbound() {
            @Override
            public boolean send(JsonRpcNotification notification) {
                boolean fits = queue.offer(notification);
                if (!fits) {
                    queue.end();
                }
                return fits;
            }

            @Override
            public CompletionStage<JsonRpcResponse> ask(String method, ObjectNode params) {
                return Outbounds.closed().ask(method, params);
            }
        };
    }
}
