package io.github.moodlemcp.distribution.web;

import io.github.moodlemcp.portal.spi.CallerAddresses;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.glassfish.grizzly.http.server.Request;

/** The IP address that a request which came through {@link WebServer} comes from, before it reached trusted proxies. */
public final class GrizzlyCallers implements CallerAddresses {
    private final ClientAddresses addresses;

    public GrizzlyCallers(ClientAddresses addresses) {
        this.addresses = addresses;
    }

    @Override
    public String of(ContainerRequestContext request) {
        return request.getProperty(Request.class.getName()) instanceof Request introduced
                ? addresses.of(introduced.getRemoteAddr(), forwardedFor(introduced))
                : CallerAddresses.unknown().of(request);
    }

    private static List<String> forwardedFor(Request request) {
        return StreamSupport.stream(request.getHeaders("X-Forwarded-For").spliterator(), false)
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .toList();
    }
}
