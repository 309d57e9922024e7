package io.github.moodlemcp.portal.web;

import io.github.moodlemcp.portal.spi.CallerAddresses;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;

/** Notes on each request where it came from, for the resources; whatever the caller wrote there itself is lost. */
@PortalResource
public final class CallerNote implements ContainerRequestFilter {
    private static final String HEADER = "Moodle-MCP-Caller";

    private final CallerAddresses addresses;

    public CallerNote(CallerAddresses addresses) {
        this.addresses = addresses;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        request.getHeaders().putSingle(HEADER, addresses.of(request));
    }

    /** The network address that the request came from. */
    public static String of(HttpHeaders headers) {
        String address = headers.getHeaderString(HEADER);
        return address == null ? CallerAddresses.UNKNOWN : address;
    }
}
