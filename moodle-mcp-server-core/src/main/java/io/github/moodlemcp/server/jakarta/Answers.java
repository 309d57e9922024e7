package io.github.moodlemcp.server.jakarta;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;

/** The plain HTTP answers of the door. */
final class Answers {
    private static final System.Logger LOG = System.getLogger(Answers.class.getName());

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

    /** A JSON answer that nobody may keep; a client that has gone meanwhile is no reason to log anything. */
    static Response json(int status, byte[] body) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .entity((StreamingOutput) out -> write(body, out))
                .build();
    }

    private static void write(byte[] body, OutputStream out) {
        try {
            out.write(body);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "event=client_gone");
        }
    }
}
