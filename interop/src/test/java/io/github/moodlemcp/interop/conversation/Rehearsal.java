package io.github.moodlemcp.interop.conversation;

import io.github.moodlemcp.interop.conversation.Conversation.Part;
import io.github.moodlemcp.interop.wire.Ask;
import io.github.moodlemcp.interop.wire.Endpoint;
import io.github.moodlemcp.testkit.http.HttpSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Holds a conversation with a server. For one thread. */
final class Rehearsal implements AutoCloseable {
    private final Endpoint endpoint;
    private final Placeholders placeholders = new Placeholders(Endpoint.ANNA);
    private final Map<String, Line> lines = new LinkedHashMap<>();

    Rehearsal(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** A connection; {@code events} says whether its answer is a stream that goes on. */
    private static final class Line {
        final HttpSocket socket;
        final boolean endsWithAnswer;
        boolean begun;
        boolean events;

        Line(HttpSocket socket, boolean endsWithAnswer) {
            this.socket = socket;
            this.endsWithAnswer = endsWithAnswer;
        }
    }

    /** The same conversation with what the server really said. */
    Conversation held(Conversation script) throws IOException {
        List<Part> parts = new ArrayList<>();
        for (Part part : script.parts()) {
            switch (part) {
                case Part.Prose prose -> parts.add(prose);
                case Part.Client(var name, var text) -> {
                    say(name, placeholders.filled(text));
                    parts.add(part);
                }
                case Part.Server server -> parts.add(new Part.Server(server.name(), heard(server)));
                case Part.Stop stop -> {
                    endpoint.server().close();
                    parts.add(stop);
                }
            }
        }
        for (Line line : lines.values()) {
            expectEnd(line);
        }
        return new Conversation(parts);
    }

    private void say(String name, String text) throws IOException {
        String[] headAndBody = text.strip().split("\\n\\n", 2);
        String[] head = headAndBody[0].split("\\n");
        String[] start = head[0].split(" ");
        Map<String, String> headers = new LinkedHashMap<>(Map.of("Host", "127.0.0.1"));
        for (int i = 1; i < head.length; i++) {
            String[] header = head[i].split(": ", 2);
            headers.put(header[0], header[1]);
        }
        byte[] body = (headAndBody.length > 1 ? headAndBody[1] : "").getBytes(StandardCharsets.UTF_8);
        HttpSocket socket = endpoint.connect();
        if (lines.put(name, new Line(socket, start[0].equals("POST"))) != null) {
            throw new AssertionError("The name of a request is used twice: " + name);
        }
        socket.send(new Ask(start[0], start[1], headers, body).bytes());
    }

    private String heard(Part.Server server) throws IOException {
        Line line = lines.get(server.name());
        StringBuilder text = new StringBuilder();
        int events = server.paragraphs().size();
        if (!line.begun) {
            line.begun = true;
            events--;
            HttpSocket.Head head = line.socket.readHead();
            line.events = head.header("content-type").startsWith("text/event-stream");
            text.append(Layout.head(head));
            if (!line.events) {
                text.append(Layout.body(line.socket.readWhole(head)));
            }
        }
        for (int i = 0; i < events && line.events; i++) {
            text.append(text.isEmpty() ? "" : "\n")
                    .append(Layout.event(line.socket.readEvent().stripTrailing()));
        }
        return placeholders.blanked(text.toString());
    }

    /** What was shown of a stream that ends with its answer was all of it. */
    private static void expectEnd(Line line) throws IOException {
        if (line.events && line.endsWithAnswer) {
            String more = line.socket.readChunk();
            if (!more.isEmpty()) {
                throw new AssertionError("The stream goes on: " + more);
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Line line : lines.values()) {
            line.socket.close();
        }
    }
}
