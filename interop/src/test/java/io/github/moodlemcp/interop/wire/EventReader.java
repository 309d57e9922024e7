package io.github.moodlemcp.interop.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.moodlemcp.testkit.http.HttpSocket;
import java.io.IOException;

/** Reads a stream of events as it comes. For one thread. */
public final class EventReader implements AutoCloseable {
    private static final String COMMENT = ": ";
    private static final String MESSAGE = "event: message\ndata: ";
    private static final String ENDPOINT = "event: endpoint\ndata: ";

    private final HttpSocket socket;
    private final HttpSocket.Head head;

    EventReader(HttpSocket socket) throws IOException {
        this.socket = socket;
        this.head = socket.readHead();
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("content-type")).startsWith("text/event-stream");
    }

    public HttpSocket.Head head() {
        return head;
    }

    /** The next event or comment, whole and without its end. */
    public String raw() throws IOException {
        return socket.readEvent().stripTrailing();
    }

    /** The next message; comments are passed over. */
    public JsonNode message() throws IOException {
        String event = pastComments();
        assertThat(event).startsWith(MESSAGE);
        return Json.of(event.substring(MESSAGE.length()));
    }

    /** The address that the stream begins with in revision 2024-11-05. */
    public String endpoint() throws IOException {
        String event = pastComments();
        assertThat(event).startsWith(ENDPOINT);
        return event.substring(ENDPOINT.length());
    }

    private String pastComments() throws IOException {
        String event = raw();
        while (event.startsWith(COMMENT)) {
            event = raw();
        }
        return event;
    }

    /** Reads to the end of the stream, in which nothing but comments may come. */
    public void expectEnd() throws IOException {
        for (String chunk = socket.readChunk(); !chunk.isEmpty(); chunk = socket.readChunk()) {
            assertThat(chunk).startsWith(COMMENT);
        }
    }

    /** Leaves. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
