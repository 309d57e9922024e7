package io.github.moodlemcp.interop.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.moodlemcp.testkit.http.HttpSocket;
import java.util.ArrayList;
import java.util.List;

/** A whole answer. */
public record Reply(HttpSocket.Head head, String body) {
    private static final String DATA = "data: ";

    public int status() {
        return head.status();
    }

    /** The value of a header, by its name in lower case; empty when it is absent. */
    public String header(String name) {
        return head.header(name);
    }

    public boolean isStream() {
        return header("content-type").startsWith("text/event-stream");
    }

    /** The body as JSON, or the last message of the stream. */
    public JsonNode json() {
        return isStream() ? messages().getLast() : Json.of(body);
    }

    /** The result of the answer; missing when it is an error. */
    public JsonNode result() {
        return json().path("result");
    }

    /** The error of the answer; missing when it is none. */
    public JsonNode error() {
        return json().path("error");
    }

    /** The text of the first block of a tool's result. */
    public String text() {
        return result().at("/content/0/text").asText();
    }

    /** The messages of a stream. */
    public List<JsonNode> messages() {
        List<JsonNode> messages = new ArrayList<>();
        body.lines()
                .filter(line -> line.startsWith(DATA))
                .map(line -> Json.of(line.substring(DATA.length())))
                .forEach(messages::add);
        return messages;
    }
}
