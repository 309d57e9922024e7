package io.github.moodlemcp.portal.page;

import io.github.moodlemcp.portal.credential.ApiKeys;
import io.github.moodlemcp.portal.credential.IssuedKey;
import io.github.moodlemcp.portal.web.Gate;
import io.github.moodlemcp.portal.web.Pages;
import io.github.moodlemcp.portal.web.PortalResource;
import io.github.moodlemcp.portal.web.Reveals;
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

/** {@code POST /keys/{id}/rotate}: gives one of the person's own API keys a new secret, and leads to the page that shows it once. */
@Path("/keys/{id}/rotate")
@PortalResource
public final class RotateKeyAction {
    private final Gate gate;
    private final Pages pages;
    private final ApiKeys keys;
    private final Reveals reveals;

    public RotateKeyAction(Gate gate, Pages pages, ApiKeys keys, Reveals reveals) {
        this.gate = gate;
        this.pages = pages;
        this.keys = keys;
        this.reveals = reveals;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response rotate(
            @PathParam("id") String id, @Context HttpHeaders headers, MultivaluedMap<String, String> form) {
        SignedIn person = gate.sender(headers, form);
        IssuedKey.Issued rotated =
                keys.rotate(person.accountId(), RevokeKeyAction.keyId(id)).orElseThrow(NotFoundException::new);
        return pages.seeOther("/welcome")
                .cookie(reveals.carry(
                        new Reveals.NewKey(rotated.key().name(), rotated.secret(), false), person.session()))
                .build();
    }
}
