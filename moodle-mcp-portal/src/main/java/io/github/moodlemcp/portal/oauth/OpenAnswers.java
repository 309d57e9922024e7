package io.github.moodlemcp.portal.oauth;

import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Answers that pages of every origin may read: they depend on no cookie. */
final class OpenAnswers {
    private static final String ANY_ORIGIN = "Access-Control-Allow-Origin";

    private OpenAnswers() {}

    /** The status and the JSON body of the answer, not to be stored. */
    static Response of(HTTPResponse answer) {
        Response.ResponseBuilder response = Response.status(answer.getStatusCode())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(ANY_ORIGIN, "*");
        return answer.getBody() == null
                ? response.build()
                : response.entity(answer.getBody())
                        .type(MediaType.APPLICATION_JSON_TYPE.withCharset("utf-8"))
                        .build();
    }

    /** The empty answer that something was done. */
    static Response done() {
        return Response.ok()
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(ANY_ORIGIN, "*")
                .build();
    }

    /** Tells a browser that a page may ask with this method. */
    static Response preflight(String method) {
        return Response.noContent()
                .header(ANY_ORIGIN, "*")
                .header("Access-Control-Allow-Methods", method)
                .header("Access-Control-Allow-Headers", "Content-Type, MCP-Protocol-Version")
                .header("Access-Control-Max-Age", "86400")
                .build();
    }
}
