package io.github.moodlemcp.portal.page;

import io.github.moodlemcp.portal.spi.BrowserDirectory;
import io.github.moodlemcp.portal.web.Gate;
import io.github.moodlemcp.portal.web.Pages;
import io.github.moodlemcp.portal.web.PortalResource;
import io.github.moodlemcp.portal.web.SignedIn;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;

/** {@code POST /browsers/forget}: disconnects the {@code browser} of the form for good. */
@Path("/browsers/forget")
@PortalResource
public final class ForgetBrowserAction {
    private final Gate gate;
    private final Pages pages;
    private final BrowserDirectory browsers;

    public ForgetBrowserAction(Gate gate, Pages pages, BrowserDirectory browsers) {
        this.gate = gate;
        this.pages = pages;
        this.browsers = browsers;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response forget(@Context HttpHeaders headers, MultivaluedMap<String, String> form) {
        SignedIn person = gate.sender(headers, form);
        String browser = form.getFirst("browser");
        if (browser == null || !browsers.forget(person.accountId(), browser)) {
            throw new NotFoundException();
        }
        return pages.seeOther(DashboardNotice.BROWSER_FORGOTTEN.path()).build();
    }
}
