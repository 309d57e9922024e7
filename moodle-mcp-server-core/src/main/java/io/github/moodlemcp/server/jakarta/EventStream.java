package io.github.moodlemcp.server.jakarta;

import io.github.moodlemcp.protocol.jsonrpc.JsonRpcCodec;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcMessage;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes server-sent events, each of them at once. For one thread.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML, «Server-sent events»</a>
 */
final class EventStream {
    private static final byte[] EVENT_START = bytes("event: message\ndata: ");
    private static final byte[] EVENT_END = bytes("\n\n");

    private final OutputStream out;
    private final JsonRpcCodec codec;

    EventStream(OutputStream out, JsonRpcCodec codec) {
        this.out = out;
        this.codec = codec;
    }

    /** The answer that carries a stream; no proxy should hold it back, and nobody may keep it. */
    static Response response(StreamingOutput body) {
        return Response.ok(body)
                .type("text/event-stream")
                .header(HttpHeaders.CACHE_CONTROL, "no-cache, no-transform")
                .header("X-Accel-Buffering", "no")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    /** A comment: it means nothing, but keeps proxies and clients from giving up, and shows whether the client is there. */
    void comment(String text) throws IOException {
        out.write(bytes(": " + text + "\n\n"));
        out.flush();
    }

    /** A message of the protocol. */
    void message(JsonRpcMessage message) throws IOException {
        out.write(EVENT_START);
        out.write(codec.encode(message));
        out.write(EVENT_END);
        out.flush();
    }

    /** The address for the client's messages, in revision 2024-11-05. */
    void endpoint(String path) throws IOException {
        out.write(bytes("event: endpoint\ndata: " + path + "\n\n"));
        out.flush();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
