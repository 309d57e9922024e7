package io.github.moodlemcp.portal.web;

import io.github.moodlemcp.portal.spi.CallerAddresses;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Counts what was refused, by where it came from, and answers what is too much with 429. Only refusals are counted and only
 * they are turned into 429, so that nobody with a good secret is held up by others behind the same address.
 */
@Failing
public final class FailureFilter implements ContainerResponseFilter {
    private final FailureCount failures;
    private final CallerAddresses addresses;
    private final Pages pages;

    public FailureFilter(FailureCount failures, CallerAddresses addresses, Pages pages) {
        this.failures = failures;
        this.addresses = addresses;
        this.pages = pages;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        int status = response.getStatus();
        if (status != Status.BAD_REQUEST.getStatusCode() && status != Status.UNAUTHORIZED.getStatusCode()) {
            return;
        }
        Duration wait = failures.count(addresses.of(request));
        if (wait.isPositive()) {
            refuse(response, AddressLimit.seconds(wait));
        }
    }

    private void refuse(ContainerResponseContext response, long seconds) {
        boolean isForProgram = MediaType.APPLICATION_JSON_TYPE.isCompatible(response.getMediaType());
        response.setStatus(Status.TOO_MANY_REQUESTS.getStatusCode());
        response.getHeaders().putSingle(HttpHeaders.RETRY_AFTER, seconds);
        response.getHeaders().remove(HttpHeaders.CONTENT_LENGTH);
        response.setEntity(isForProgram ? error(seconds) : page(seconds));
    }

    private static byte[] error(long seconds) {
        return ("{\"error\":\"too_many_failures\",\"error_description\":\"Too many requests from this network address were"
                        + " refused, this one among them. Check what is sent, and try again in " + seconds + " s.\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private Object page(long seconds) {
        ErrorView view = new ErrorView(
                Status.TOO_MANY_REQUESTS.getStatusCode(),
                "Too much went wrong from here",
                "Too many links, codes and requests from your network address did not count, and this one does not either."
                        + " Get a new link, or begin anew in your app, in " + seconds + " seconds.",
                null);
        return pages.page(view, Optional.empty()).build().getEntity();
    }
}
