package io.github.moodlemcp.portal.page;

import io.github.moodlemcp.portal.credential.ApiKeys;
import io.github.moodlemcp.portal.web.Gate;
import io.github.moodlemcp.portal.web.Pages;
import io.github.moodlemcp.portal.web.PortalResource;
import io.github.moodlemcp.portal.web.SignedIn;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/** {@code POST /keys/{id}/revoke}: ends one of the person's own API keys. */
@Path("/keys/{id}/revoke")
@PortalResource
public final class RevokeKeyAction {
    private final Gate gate;
    private final Pages pages;
    private final ApiKeys keys;

    public RevokeKeyAction(Gate gate, Pages pages, ApiKeys keys) {
        this.gate = gate;
        this.pages = pages;
        this.keys = keys;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response revoke(
            @PathParam("id") String id, @Context HttpHeaders headers, MultivaluedMap<String, String> form) {
        SignedIn person = gate.sender(headers, form);
        if (!keys.revoke(person.accountId(), keyId(id))) {
            throw new NotFoundException();
        }
        return pages.seeOther(DashboardNotice.KEY_REVOKED.path()).build();
    }

    /** The id in a path; one that is none is not found. */
    static UUID keyId(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new NotFoundException(e);
        }
    }
}
