package io.github.moodlemcp.portal.page;

import io.github.moodlemcp.portal.credential.OneTimeLinks;
import io.github.moodlemcp.portal.web.Failing;
import io.github.moodlemcp.portal.web.Gate;
import io.github.moodlemcp.portal.web.Pages;
import io.github.moodlemcp.portal.web.PortalResource;
import io.github.moodlemcp.portal.web.ReturnPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /sign-in}: says how to sign in, and signs in whoever brings a one-time link. */
@Path("/sign-in")
@PortalResource
@Failing
public final class SignInPage {
    private final Gate gate;
    private final Pages pages;
    private final OneTimeLinks links;
    private final SignInViews views;
    private final Arrivals arrivals;

    public SignInPage(Gate gate, Pages pages, OneTimeLinks links, SignInViews views, Arrivals arrivals) {
        this.gate = gate;
        this.pages = pages;
        this.links = links;
        this.views = views;
        this.arrivals = arrivals;
    }

    @GET
    public Response signIn(
            @QueryParam(OneTimeLinks.PARAMETER) @Nullable String link,
            @QueryParam("return") @Nullable String path,
            @Context HttpHeaders headers) {
        Optional<ReturnPath> returnPath = ReturnPath.of(path);
        String token = link == null ? "" : tokenIn(link);
        if (token.isEmpty()) {
            return explain(returnPath, headers);
        }
        SignInView view = views.leadingTo(returnPath);
        if (Gate.isFromAnotherSite(headers)) {
            return form(view.confirming(token), Status.OK);
        }
        return links.redeem(token)
                .map(account -> arrivals.arrive(account, returnPath, headers).build())
                .orElseGet(() -> form(view.after(SignInView.Problem.SPENT_LINK), Status.BAD_REQUEST));
    }

    /** Says that the page exists; looking does not spend a link. */
    @HEAD
    public Response look() {
        return form(views.leadingTo(Optional.empty()), Status.OK);
    }

    private Response explain(Optional<ReturnPath> returnPath, HttpHeaders headers) {
        if (gate.visitor(headers).isPresent()) {
            return pages.seeOther(returnPath.map(ReturnPath::value).orElse("/dashboard"))
                    .build();
        }
        return form(views.leadingTo(returnPath), Status.OK);
    }

    private Response form(SignInView view, Status status) {
        return pages.page(view, Optional.empty()).status(status).build();
    }

    /** People paste the whole link as well as its token. */
    private static String tokenIn(String pasted) {
        String text = pasted.strip();
        int parameter = text.lastIndexOf(OneTimeLinks.PARAMETER + "=");
        return parameter < 0 ? text : text.substring(parameter + OneTimeLinks.PARAMETER.length() + 1);
    }
}
