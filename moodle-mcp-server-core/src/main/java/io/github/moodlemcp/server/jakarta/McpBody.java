package io.github.moodlemcp.server.jakarta;

import io.github.moodlemcp.protocol.jsonrpc.Decoded;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcCodec;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the body of a POST, or says why it is not read. */
final class McpBody {
    private final JsonRpcCodec codec;
    private final int maxBytes;

    McpBody(JsonRpcCodec codec, int maxBytes) {
        this.codec = codec;
        this.maxBytes = maxBytes;
    }

    /** What came of reading. */
    sealed interface Read {
        /** A body; it may still be no message. */
        record Body(Decoded decoded) implements Read {}

        /** A body that is not looked at. */
        record Refused(Response response) implements Read {}
    }

    Read read(InputStream body, ContainerRequestContext request) throws IOException {
        if (!isJson(request.getHeaderString(HttpHeaders.CONTENT_TYPE))) {
            return new Read.Refused(Answers.problem(
                    Response.Status.UNSUPPORTED_MEDIA_TYPE,
                    "unsupported_media_type",
                    "The body must be JSON. Send it with Content-Type: application/json."));
        }
        if (request.getHeaderString(HttpHeaders.CONTENT_ENCODING) != null) {
            return new Read.Refused(Answers.problem(
                    Response.Status.UNSUPPORTED_MEDIA_TYPE,
                    "unsupported_encoding",
                    "Compressed bodies are not read. Send the JSON as it is."));
        }
        Optional<byte[]> bytes = RequestBody.read(body, request.getHeaderString(HttpHeaders.CONTENT_LENGTH), maxBytes);
        return bytes.<Read>map(read -> new Read.Body(codec.decode(read)))
                .orElseGet(() -> new Read.Refused(Answers.problem(
                        Response.Status.REQUEST_ENTITY_TOO_LARGE,
                        "body_too_large",
                        "The body is longer than " + maxBytes + " bytes. Send less at a time.")));
    }

    /** Whether the header names JSON, with whatever parameters; the body is read as UTF-8 in any case. */
    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.trim().equalsIgnoreCase(MediaType.APPLICATION_JSON);
    }
}
