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

/** {@code POST /browsers/default}: makes the {@code browser} of the form the default, or none when it is empty. */
@Path("/browsers/default")
@PortalResource
public final class DefaultBrowserAction {
    private final Gate gate;
    private final Pages pages;
    private final BrowserDirectory browsers;

    public DefaultBrowserAction(Gate gate, Pages pages, BrowserDirectory browsers) {
        this.gate = gate;
        this.pages = pages;
        this.browsers = browsers;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response choose(@Context HttpHeaders headers, MultivaluedMap<String, String> form) {
        SignedIn person = gate.sender(headers, form);
        String browser = form.getFirst("browser");
        if (browser == null || browser.isEmpty()) {
            browsers.clearDefault(person.accountId());
            return pages.seeOther(DashboardNotice.NO_DEFAULT_BROWSER.path()).build();
        }
        if (!browsers.chooseDefault(person.accountId(), browser)) {
            throw new NotFoundException();
        }
        return pages.seeOther(DashboardNotice.DEFAULT_BROWSER.path()).build();
    }
}
