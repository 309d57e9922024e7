package io.github.moodlemcp.portal.oauth;

import io.github.moodlemcp.portal.spi.CallerAddresses;
import io.github.moodlemcp.portal.web.AddressLimit;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;

/** Keeps strangers from filling the store with clients. */
@Registering
public final class RegistrationLimit implements ContainerRequestFilter {
    private final AddressLimit limit;
    private final CallerAddresses addresses;

    public RegistrationLimit(AddressLimit limit, CallerAddresses addresses) {
        this.limit = limit;
        this.addresses = addresses;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!request.getMethod().equals("POST")) {
            return;
        }
        Duration wait = limit.take(addresses.of(request));
        if (wait.isPositive()) {
            request.abortWith(Response.status(Response.Status.TOO_MANY_REQUESTS)
                    .entity("{\"error\":\"too_many_requests\",\"error_description\":\"Too many clients were registered"
                            + " from here. Try again later.\"}")
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .header(HttpHeaders.RETRY_AFTER, AddressLimit.seconds(wait))
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .header("Access-Control-Allow-Origin", "*")
                    .build());
        }
    }
}
