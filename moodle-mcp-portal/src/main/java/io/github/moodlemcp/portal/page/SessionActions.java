package io.github.moodlemcp.portal.page;

import io.github.moodlemcp.portal.spi.SecretHash;
import io.github.moodlemcp.portal.web.Gate;
import io.github.moodlemcp.portal.web.Pages;
import io.github.moodlemcp.portal.web.PortalResource;
import io.github.moodlemcp.portal.web.SignedIn;
import io.github.moodlemcp.portal.web.WebSessions;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;

/** {@code /account/sessions}: ends one of the person's web sessions, or all but this one. */
@Path("/account/sessions")
@PortalResource
public final class SessionActions {
    private final Gate gate;
    private final Pages pages;
    private final WebSessions sessions;

    public SessionActions(Gate gate, Pages pages, WebSessions sessions) {
        this.gate = gate;
        this.pages = pages;
        this.sessions = sessions;
    }

    @POST
    @Path("end")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response end(@Context HttpHeaders headers, MultivaluedMap<String, String> form) {
        SignedIn person = gate.sender(headers, form);
        if (!sessions.end(person, session(form.getFirst("session")))) {
            throw new NotFoundException();
        }
        return pages.seeOther(AccountNotice.SESSION_ENDED.path()).build();
    }

    @POST
    @Path("end-others")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response endOthers(@Context HttpHeaders headers, MultivaluedMap<String, String> form) {
        sessions.endOthers(gate.sender(headers, form));
        return pages.seeOther(AccountNotice.OTHERS_ENDED.path()).build();
    }

    /** The id in a form; one that is none is not found. */
    private static SecretHash session(String id) {
        try {
            return new SecretHash(String.valueOf(id));
        } catch (IllegalArgumentException e) {
            throw new NotFoundException(e);
        }
    }
}
