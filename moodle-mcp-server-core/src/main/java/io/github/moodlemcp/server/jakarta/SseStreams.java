package io.github.moodlemcp.server.jakarta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcNotification;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcResponse;
import io.github.moodlemcp.protocol.jsonrpc.RequestId;
import io.github.moodlemcp.protocol.mcp.ProtocolVersion;
import io.github.moodlemcp.server.feature.Client;
import io.github.moodlemcp.server.internal.Alarms;
import io.github.moodlemcp.server.internal.Cancellation;
import io.github.moodlemcp.server.internal.Outbound;
import io.github.moodlemcp.server.internal.Outbounds;
import io.github.moodlemcp.server.session.Signatures;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The open streams of revision 2024-11-05 at this node, by their signed ids. A stream belongs to the account that opened it.
 * Safe for use by many threads.
 */
final class SseStreams {
    private static final int ID_BYTES = 16;

    private final Signatures signatures;
    private final SecureRandom random;
    private final Alarms alarms;
    private final ConcurrentMap<String, SseStream> open = new ConcurrentHashMap<>();

    /** @param secrets see {@link Signatures} */
    SseStreams(List<byte[]> secrets, SecureRandom random, Alarms alarms) {
        this.signatures = new Signatures(secrets, "sse-stream");
        this.random = random;
        this.alarms = alarms;
    }

    /** Opens a stream. */
    SseStream open(AccountId account) {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        String name = HexFormat.of().formatHex(bytes);
        SseStream stream = new SseStream(
                name,
                signatures.sign((name + account.value()).getBytes(StandardCharsets.UTF_8)),
                account,
                new MessageQueue(alarms));
        open.put(name, stream);
        return stream;
    }

    /** The stream of this id, if it is open here and belongs to the account. */
    Optional<SseStream> find(String id, AccountId account) {
        return signatures
                .open(id)
                .map(payload -> new String(payload, StandardCharsets.UTF_8))
                .filter(payload -> payload.length() > 2 * ID_BYTES)
                .map(payload -> open.get(payload.substring(0, 2 * ID_BYTES)))
                .filter(stream -> stream.account.equals(account));
    }

    /** Ends a stream, and what is still being done for it. */
    void close(SseStream stream) {
        open.remove(stream.name, stream);
        stream.end();
    }

    /** One stream, and what was agreed on it. */
    static final class SseStream implements Outbound {
        private final String name;
        private final String id;
        private final AccountId account;
        private final MessageQueue queue;
        private final ConcurrentMap<RequestId, Cancellation> inFlight = new ConcurrentHashMap<>();
        private volatile ProtocolVersion version = ProtocolVersion.V2024_11_05;
        private volatile Client client = Client.unknown();

        private SseStream(String name, String id, AccountId account, MessageQueue queue) {
            this.queue = queue;
            this.name = name;
            this.id = id;
            this.account = account;
        }

        /** The signed id that the client sends with its messages. */
        String id() {
            return id;
        }

        /** What the stream is known by on this node. */
        String name() {
            return name;
        }

        MessageQueue queue() {
            return queue;
        }

        ProtocolVersion version() {
            return version;
        }

        Client client() {
            return client;
        }

        void agreed(ProtocolVersion agreed, Client described) {
            version = agreed;
            client = described;
        }

        void begun(RequestId request, Cancellation cancellation) {
            inFlight.put(request, cancellation);
        }

        void cancel(RequestId request) {
            Cancellation cancellation = inFlight.get(request);
            if (cancellation != null) {
                cancellation.cancel();
            }
        }

        /** Sends a response, unless its request was cancelled; a client that does not keep up loses its stream. */
        void respond(JsonRpcResponse response, RequestId request, Cancellation cancellation) {
            inFlight.remove(request, cancellation);
            if (!cancellation.isCancelled() && !queue.offer(response)) {
                queue.end();
            }
        }

        @Override
        public boolean send(JsonRpcNotification notification) {
            return queue.offer(notification);
        }

        @Override
        public CompletionStage<JsonRpcResponse> ask(String method, ObjectNode params) {
            return Outbounds.closed().ask(method, params);
        }

        private void end() {
            queue.end();
            inFlight.values().forEach(Cancellation::cancel);
        }
    }
}
