package io.github.moodlemcp.portal.page;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import io.github.moodlemcp.portal.oauth.AuthorizationCheck;
import io.github.moodlemcp.portal.oauth.AuthorizationRequests;
import io.github.moodlemcp.portal.oauth.ConsentRequest;
import io.github.moodlemcp.portal.oauth.Grants;
import io.github.moodlemcp.portal.web.CallerNote;
import io.github.moodlemcp.portal.web.Failing;
import io.github.moodlemcp.portal.web.Gate;
import io.github.moodlemcp.portal.web.PageProblem;
import io.github.moodlemcp.portal.web.Pages;
import io.github.moodlemcp.portal.web.PortalResource;
import io.github.moodlemcp.portal.web.SignedIn;
import io.github.moodlemcp.portal.web.View;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** {@code /authorize}: asks the person whether the extension, or another program, may act for them. */
@Path("/authorize")
@PortalResource
@Failing
public final class AuthorizePage {
    private final Gate gate;
    private final Pages pages;
    private final AuthorizationRequests requests;
    private final Grants grants;

    public AuthorizePage(Gate gate, Pages pages, AuthorizationRequests requests, Grants grants) {
        this.gate = gate;
        this.pages = pages;
        this.requests = requests;
        this.grants = grants;
    }

    /**
     * The question.
     *
     * @param browser names the person's browser
     * @param parameters the request, to be sent along with the answer
     */
    public record AuthorizeView(String browser, Map<String, String> parameters) implements View {
        @Override
        public String template() {
            return "authorize";
        }

        @Override
        public String title() {
            return "Connect this browser";
        }
    }

    @GET
    public Response ask(@Context UriInfo uri, @Context HttpHeaders headers) {
        MultivaluedMap<String, String> parameters = uri.getQueryParameters();
        if (requests.needsDocument(parameters)) {
            // Only people with an account make us ask other hosts.
            gate.person(headers, "/authorize?" + URLUtils.serializeParameters(parameters));
        }
        return switch (requests.check(parameters, CallerNote.of(headers))) {
            case AuthorizationCheck.Good(ConsentRequest request) -> ask(request, headers);
            case AuthorizationCheck.Faulty(URI redirect) ->
                Response.seeOther(redirect).build();
            case AuthorizationCheck.Untrusted() -> throw untrusted();
        };
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response decide(@Context HttpHeaders headers, MultivaluedMap<String, String> form) {
        SignedIn person = gate.sender(headers, form);
        return switch (requests.check(form, CallerNote.of(headers))) {
            case AuthorizationCheck.Good(ConsentRequest request) -> decided(request, person, form, headers);
            case AuthorizationCheck.Faulty(URI redirect) ->
                Response.seeOther(redirect).build();
            case AuthorizationCheck.Untrusted() -> throw untrusted();
        };
    }

    private Response ask(ConsentRequest request, HttpHeaders headers) {
        SignedIn person = gate.person(headers, "/authorize?" + request.query());
        if (!request.isFromExtension()) {
            return pages.page(ConsentView.of(request), Optional.of(person)).build();
        }
        AuthorizeView view = new AuthorizeView(browser(headers), request.parameters());
        return pages.pageLeadingTo(request.redirectOrigin(), view, person).build();
    }

    private Response decided(
            ConsentRequest request, SignedIn person, MultivaluedMap<String, String> form, HttpHeaders headers) {
        boolean isAllowed = "allow".equals(form.getFirst("decision"));
        if (request.isFromExtension()) {
            return Response.seeOther(
                            isAllowed
                                    ? grants.allow(request, person.accountId(), browser(headers))
                                    : requests.denied(request))
                    .build();
        }
        boolean keepsWriting = !request.mayWrite() || "yes".equals(form.getFirst("allow_write"));
        ConsentRequest agreed = keepsWriting ? request : request.readOnly();
        URI address = isAllowed
                ? grants.allow(agreed, person.accountId(), request.client().name())
                : requests.denied(request);
        return leadingBack(request.client().name(), isAllowed, address, person);
    }

    /**
     * A page that leads on, and no redirect: Chromium holds every redirect that follows a form against the form's policy,
     * also those that the app's own address adds, such as one into the app itself.
     */
    private Response leadingBack(String app, boolean isAllowed, URI address, SignedIn person) {
        return pages.page(new LeadingBackView(app, isAllowed, address.toString()), Optional.of(person))
                .header("Refresh", "0; url=" + address.toASCIIString())
                .build();
    }

    private static String browser(HttpHeaders headers) {
        return UserAgents.label(headers.getHeaderString(HttpHeaders.USER_AGENT));
    }

    private static PageProblem untrusted() {
        return new PageProblem(
                Status.BAD_REQUEST,
                "We do not know who is asking",
                "A program asked for access to your account, but it is not known here, or it named an address that is"
                        + " not its own. Nothing was given away. If it is an app of yours, remove this service there and"
                        + " add it again; if it is the extension, install the one of this service.");
    }
}
