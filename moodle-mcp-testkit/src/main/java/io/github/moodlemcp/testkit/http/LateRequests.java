package io.github.moodlemcp.testkit.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/**
 * Hands the context of a request on to the resource, as the principal: not every REST runtime lets a resource have it, but
 * all let it have the principal that a filter has set.
 */
final class LateRequests implements ContainerRequestFilter {

    /** Whoever asks, with the context of the request. */
    record Asking(ContainerRequestContext request) implements Principal {
        @Override
        public String getName() {
            return "anybody";
        }
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Principal asking = new Asking(request);
        request.setSecurityContext(new SecurityContext() {
            @Override
            public Principal getUserPrincipal() {
                return asking;
            }

            @Override
            public boolean isUserInRole(String role) {
                return false;
            }

            @Override
            public boolean isSecure() {
                return false;
            }

            @Override
            public String getAuthenticationScheme() {
                return "none";
            }
        });
    }
}
