package io.github.moodlemcp.portal.page;

import io.github.moodlemcp.portal.spi.AccountData;
import io.github.moodlemcp.portal.web.Gate;
import io.github.moodlemcp.portal.web.Pages;
import io.github.moodlemcp.portal.web.PortalResource;
import io.github.moodlemcp.portal.web.SignedIn;
import io.github.moodlemcp.portal.web.View;
import io.github.moodlemcp.portal.web.WebSessions;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** {@code /account/data}: gives the person all that the service knows of them, and forgets it when they say so. */
@Path("/account/data")
@PortalResource
public final class DataActions {
    private final Gate gate;
    private final Pages pages;
    private final WebSessions sessions;
    private final AccountData data;

    public DataActions(Gate gate, Pages pages, WebSessions sessions, AccountData data) {
        this.gate = gate;
        this.pages = pages;
        this.sessions = sessions;
        this.data = data;
    }

    /** Says that nothing is left. */
    public record ErasedView() implements View {
        @Override
        public String template() {
            return "erased";
        }

        @Override
        public String title() {
            return "Account erased";
        }
    }

    /** Everything, as a file. */
    @GET
    public Response export(@Context HttpHeaders headers) {
        SignedIn person = gate.person(headers, "/account");
        return Response.ok(data.export(person.accountId()), MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"moodle-mcp-account.json\"")
                .build();
    }

    /** Erases the account if the person wrote its e-mail address. */
    @POST
    @Path("erase")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response erase(@Context HttpHeaders headers, MultivaluedMap<String, String> form) {
        SignedIn person = gate.sender(headers, form);
        String written = form.getFirst("email");
        if (written == null
                || !written.strip().equalsIgnoreCase(person.account().email())) {
            return pages.seeOther(AccountNotice.NOT_ERASED.path()).build();
        }
        data.erase(person.accountId());
        NewCookie noSession = sessions.end(person);
        return pages.page(new ErasedView(), Optional.empty()).cookie(noSession).build();
    }
}
