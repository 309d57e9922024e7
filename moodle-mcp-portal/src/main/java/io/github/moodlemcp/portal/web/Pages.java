package io.github.moodlemcp.portal.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.Optional;

/** Turns views into answers. Safe for use by many threads. */
public final class Pages {
    private final Templates templates;
    private final Assets assets;
    private final PublicAddress address;

    public Pages(Templates templates, Assets assets, PublicAddress address) {
        this.templates = templates;
        this.assets = assets;
        this.address = address;
    }

    /** The page for a visitor, or for the person who is signed in. */
    public ResponseBuilder page(View view, Optional<SignedIn> person) {
        return Response.ok(html(view, person).getBytes(UTF_8))
                .header(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                .header(HttpHeaders.CONTENT_LANGUAGE, "en");
    }

    /** A part of a page, as HTML. */
    public String fragment(View view, SignedIn person) {
        return html(view, Optional.of(person));
    }

    /** The page, whose forms may lead to this other origin by a redirect. */
    public ResponseBuilder pageLeadingTo(String origin, View view, SignedIn person) {
        return page(view, Optional.of(person))
                .header(PageHeaders.CONTENT_SECURITY_POLICY, PageHeaders.policy("'self' " + origin));
    }

    /** Sends the browser on with a GET. */
    public ResponseBuilder seeOther(String path) {
        return Response.seeOther(address.at(path));
    }

    private String html(View view, Optional<SignedIn> person) {
        Frame frame = new Frame(
                view.title(),
                address.origin(),
                assets.paths(),
                person.map(Pages::shown).orElse(null));
        return templates.render(view, frame);
    }

    private static Frame.Person shown(SignedIn person) {
        return new Frame.Person(person.account().name(), person.account().email(), person.formToken());
    }
}
