package io.github.moodlemcp.server.jakarta;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;

/** The plain HTTP answers of the door. */
final class Answers {
    private Answers() {}

    /** An error before any protocol is spoken, in the form of RFC 6750 and RFC 6749: a word and a sentence. */
    static Response problem(Response.Status status, String error, String description) {
        byte[] body = JsonNodeFactory.instance
                .objectNode()
                .put("error", error)
                .put("error_description", description)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        return json(status.getStatusCode(), body);
    }

    /** A JSON answer that nobody may keep. */
    static Response json(int status, byte[] body) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .entity(body)
                .build();
    }
}
