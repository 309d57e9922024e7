package io.github.moodlemcp.portal.page;

import io.github.moodlemcp.portal.credential.ApiKeys;
import io.github.moodlemcp.portal.credential.IssuedKey;
import io.github.moodlemcp.portal.web.Pages;
import io.github.moodlemcp.portal.web.ReturnPath;
import io.github.moodlemcp.portal.web.Reveals;
import io.github.moodlemcp.portal.web.WebSessions;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.Optional;
import java.util.UUID;

/** Lets in whoever has proved who they are. A first sign-in makes the first API key. Safe for use by many threads. */
public final class Arrivals {
    private final Pages pages;
    private final WebSessions sessions;
    private final ApiKeys keys;
    private final Reveals reveals;

    public Arrivals(Pages pages, WebSessions sessions, ApiKeys keys, Reveals reveals) {
        this.pages = pages;
        this.sessions = sessions;
        this.keys = keys;
        this.reveals = reveals;
    }

    /** Begins a web session under a new id, and sends the person on. */
    ResponseBuilder arrive(UUID account, Optional<ReturnPath> returnPath, HttpHeaders headers) {
        WebSessions.Begun session =
                sessions.begin(account, UserAgents.label(headers.getHeaderString(HttpHeaders.USER_AGENT)), headers);
        if (keys.isFirstFor(account)
                && keys.create(account, "My first key") instanceof IssuedKey.Issued(var key, var secret)) {
            String query = returnPath.map(path -> "?return=" + path.encoded()).orElse("");
            return pages.seeOther("/welcome" + query)
                    .cookie(session.cookie())
                    .cookie(reveals.carry(new Reveals.NewKey(key.name(), secret, true), session.session()));
        }
        return pages.seeOther(returnPath.map(ReturnPath::value).orElse("/dashboard"))
                .cookie(session.cookie());
    }
}
