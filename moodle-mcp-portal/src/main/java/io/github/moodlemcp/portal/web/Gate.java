package io.github.moodlemcp.portal.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.RedirectionException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response.Status;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Optional;

/**
 * Stands at the beginning of every page and every form: tells who asks, and whether a form really came from one of our
 * pages in that person's browser. Safe for use by many threads.
 */
public final class Gate {
    /** The form field with the form token. */
    public static final String FORM_TOKEN = "form_token";

    private final WebSessions sessions;
    private final PublicAddress address;

    public Gate(WebSessions sessions, PublicAddress address) {
        this.sessions = sessions;
        this.address = address;
    }

    /** Who looks at a page that anybody may see. */
    public Optional<SignedIn> visitor(HttpHeaders headers) {
        return sessions.current(headers);
    }

    /** Who looks at a page of their own; a visitor is sent to sign in and comes back to {@code path}. */
    public SignedIn person(HttpHeaders headers, String path) {
        return visitor(headers).orElseThrow(() -> new RedirectionException(Status.SEE_OTHER, signIn(path)));
    }

    /**
     * Who sent a form.
     *
     * @throws PageProblem 403 if the form did not come from one of our own pages, in this web session
     */
    public SignedIn sender(HttpHeaders headers, MultivaluedMap<String, String> form) {
        refuseOtherSites(headers);
        SignedIn person = person(headers, "/dashboard");
        String token = form.getFirst(FORM_TOKEN);
        if (token == null || !sessions.isFormToken(token, headers)) {
            throw new PageProblem(
                    Status.FORBIDDEN,
                    "This form is out of date",
                    "You signed in again since the page was opened, so nothing was changed. Go back, reload the page"
                            + " and try once more.");
        }
        return person;
    }

    /** Whether another website made the browser send this request. */
    public static boolean isFromAnotherSite(HttpHeaders headers) {
        String site = headers.getHeaderString("Sec-Fetch-Site");
        return site != null && !site.equals("same-origin") && !site.equals("none");
    }

    private void refuseOtherSites(HttpHeaders headers) {
        String origin = headers.getHeaderString("Origin");
        String site = headers.getHeaderString("Sec-Fetch-Site");
        boolean originFits = origin == null || origin.equals(address.origin());
        boolean siteFits = site == null || site.equals("same-origin");
        boolean isUnknown = origin == null && site == null;
        if (!originFits || !siteFits || isUnknown) {
            throw new PageProblem(
                    Status.FORBIDDEN,
                    "This form did not come from here",
                    "Another website sent it, or you opened this page under another address than " + address.origin()
                            + ". Nothing was changed. Open that address and try again.");
        }
    }

    private URI signIn(String path) {
        return address.at("/sign-in?return=" + URLEncoder.encode(path, UTF_8));
    }
}
