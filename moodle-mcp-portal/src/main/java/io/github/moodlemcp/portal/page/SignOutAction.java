package io.github.moodlemcp.portal.page;

import io.github.moodlemcp.portal.web.Gate;
import io.github.moodlemcp.portal.web.Pages;
import io.github.moodlemcp.portal.web.PortalResource;
import io.github.moodlemcp.portal.web.WebSessions;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;

/** {@code POST /sign-out}: ends the web session. */
@Path("/sign-out")
@PortalResource
public final class SignOutAction {
    private final Gate gate;
    private final Pages pages;
    private final WebSessions sessions;

    public SignOutAction(Gate gate, Pages pages, WebSessions sessions) {
        this.gate = gate;
        this.pages = pages;
        this.sessions = sessions;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response signOut(@Context HttpHeaders headers, MultivaluedMap<String, String> form) {
        return pages.seeOther("/")
                .cookie(sessions.end(gate.sender(headers, form)))
                .build();
    }
}
