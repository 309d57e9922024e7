package io.github.moodlemcp.portal.page;

import io.github.moodlemcp.portal.credential.ApiKeys;
import io.github.moodlemcp.portal.credential.IssuedKey;
import io.github.moodlemcp.portal.credential.OneTimeLinks;
import io.github.moodlemcp.portal.web.Gate;
import io.github.moodlemcp.portal.web.Pages;
import io.github.moodlemcp.portal.web.PortalResource;
import io.github.moodlemcp.portal.web.ReturnPath;
import io.github.moodlemcp.portal.web.Reveals;
import io.github.moodlemcp.portal.web.WebSessions;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code /sign-in}: says how to sign in, and signs in whoever brings a one-time link. A first sign-in makes the first
 * API key.
 */
@Path("/sign-in")
@PortalResource
public final class SignInPage {
    private final Gate gate;
    private final Pages pages;
    private final WebSessions sessions;
    private final OneTimeLinks links;
    private final ApiKeys keys;
    private final Reveals reveals;

    public SignInPage(Gate gate, Pages pages, WebSessions sessions, OneTimeLinks links, ApiKeys keys, Reveals reveals) {
        this.gate = gate;
        this.pages = pages;
        this.sessions = sessions;
        this.links = links;
        this.keys = keys;
        this.reveals = reveals;
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
        if (Gate.isFromAnotherSite(headers)) {
            return form(SignInView.confirm(token, returnPath), Status.OK);
        }
        return links.redeem(token)
                .map(account -> welcome(account, returnPath, headers))
                .orElseGet(() -> form(SignInView.spent(returnPath), Status.BAD_REQUEST));
    }

    /** Says that the page exists; looking does not spend a link. */
    @HEAD
    public Response look() {
        return form(SignInView.ask(Optional.empty()), Status.OK);
    }

    private Response explain(Optional<ReturnPath> returnPath, HttpHeaders headers) {
        if (gate.visitor(headers).isPresent()) {
            return pages.seeOther(returnPath.map(ReturnPath::value).orElse("/dashboard"))
                    .build();
        }
        return form(SignInView.ask(returnPath), Status.OK);
    }

    private Response form(SignInView view, Status status) {
        return pages.page(view, Optional.empty()).status(status).build();
    }

    private Response welcome(UUID account, Optional<ReturnPath> returnPath, HttpHeaders headers) {
        WebSessions.Begun session = sessions.begin(account, headers);
        if (keys.isFirstFor(account)
                && keys.create(account, "My first key") instanceof IssuedKey.Issued(var key, var secret)) {
            String query = returnPath.map(path -> "?return=" + path.encoded()).orElse("");
            return pages.seeOther("/welcome" + query)
                    .cookie(session.cookie())
                    .cookie(reveals.carry(new Reveals.NewKey(key.name(), secret, true), session.session()))
                    .build();
        }
        return pages.seeOther(returnPath.map(ReturnPath::value).orElse("/dashboard"))
                .cookie(session.cookie())
                .build();
    }

    /** People paste the whole link as well as its token. */
    private static String tokenIn(String pasted) {
        String text = pasted.strip();
        int parameter = text.lastIndexOf(OneTimeLinks.PARAMETER + "=");
        return parameter < 0 ? text : text.substring(parameter + OneTimeLinks.PARAMETER.length() + 1);
    }
}
