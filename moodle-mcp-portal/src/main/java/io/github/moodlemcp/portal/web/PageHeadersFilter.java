package io.github.moodlemcp.portal.web;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;

/** Puts the protecting headers on every answer of the portal. */
@PortalResource
public final class PageHeadersFilter implements ContainerResponseFilter {
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        PageHeaders.addTo(response.getHeaders());
    }
}
