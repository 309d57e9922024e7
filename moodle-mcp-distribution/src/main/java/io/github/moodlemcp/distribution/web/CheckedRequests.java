package io.github.moodlemcp.distribution.web;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.http.util.HttpStatus;
import org.jspecify.annotations.Nullable;

/** Answers requests whose address is no URI with 400, before the REST runtime fails on them with 500. */
final class CheckedRequests extends HttpHandler {
    private static final byte[] BAD_REQUEST =
            "{\"error\":\"bad_request\",\"error_description\":\"The address or the Host header of the request is malformed.\"}"
                    .getBytes(StandardCharsets.UTF_8);

    private final HttpHandler checked;

    CheckedRequests(HttpHandler checked) {
        this.checked = checked;
    }

    @Override
    public void start() {
        checked.start();
    }

    @Override
    public void destroy() {
        checked.destroy();
    }

    @Override
    public void service(Request request, Response response) throws Exception {
        if (isAddressable(request)) {
            GrizzlyDepartures.introduce(request);
            checked.service(request, response);
            return;
        }
        refuse(response);
    }

    private static void refuse(Response response) throws IOException {
        response.setStatus(HttpStatus.BAD_REQUEST_400);
        response.setContentType("application/json");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(BAD_REQUEST.length);
        response.getOutputStream().write(BAD_REQUEST);
    }

    private static boolean isAddressable(Request request) {
        return hasHost(request.getHeader("Host"))
                && isUri(request.getRequestURI())
                && (request.getQueryString() == null || isUri("/?" + request.getQueryString()));
    }

    /** Whether the header names a host that {@link URI} understands, which an underscore in a host name prevents. */
    private static boolean hasHost(@Nullable String header) {
        try {
            return header != null && new URI("http://" + header).getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isUri(String text) {
        try {
            return new URI(text).getRawAuthority() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
