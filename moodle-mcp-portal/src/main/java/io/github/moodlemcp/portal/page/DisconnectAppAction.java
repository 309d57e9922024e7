package io.github.moodlemcp.portal.page;

import io.github.moodlemcp.portal.oauth.ConnectedApps;
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

/** {@code POST /apps/{id}/disconnect}: ends what the person allowed an app. */
@Path("/apps/{id}/disconnect")
@PortalResource
public final class DisconnectAppAction {
    private final Gate gate;
    private final Pages pages;
    private final ConnectedApps apps;

    public DisconnectAppAction(Gate gate, Pages pages, ConnectedApps apps) {
        this.gate = gate;
        this.pages = pages;
        this.apps = apps;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response disconnect(
            @PathParam("id") String id, @Context HttpHeaders headers, MultivaluedMap<String, String> form) {
        SignedIn person = gate.sender(headers, form);
        if (!apps.disconnect(person.accountId(), RevokeKeyAction.keyId(id))) {
            throw new NotFoundException();
        }
        return pages.seeOther(DashboardNotice.APP_DISCONNECTED.path()).build();
    }
}
