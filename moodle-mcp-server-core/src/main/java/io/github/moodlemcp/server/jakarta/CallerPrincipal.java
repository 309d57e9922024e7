package io.github.moodlemcp.server.jakarta;

import io.github.moodlemcp.server.Caller;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/**
 * Carries the caller and the request from the authentication filter to the resource, as every REST runtime allows.
 *
 * @param metadata where the protection of the address that was asked is described
 */
record CallerPrincipal(Caller caller, String metadata, ContainerRequestContext request) implements Principal {

    @Override
    public String getName() {
        return caller.account().value();
    }

    /** The security context that holds this principal. */
    SecurityContext within(boolean secure) {
        CallerPrincipal principal = this;
        return new SecurityContext() {
            @Override
            public Principal getUserPrincipal() {
                return principal;
            }

            @Override
            public boolean isUserInRole(String role) {
                return principal.caller().scopes().contains(role);
            }

            @Override
            public boolean isSecure() {
                return secure;
            }

            @Override
            public String getAuthenticationScheme() {
                return "Bearer";
            }
        };
    }
}
