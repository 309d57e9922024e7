package io.github.moodlemcp.portal.web;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;

/** The headers that keep a page from being framed, sniffed, stored or scripted by others. */
final class PageHeaders {
    static final String CONTENT_SECURITY_POLICY = "Content-Security-Policy";

    private PageHeaders() {}

    /** Adds each header that the response does not have yet. */
    static void addTo(MultivaluedMap<String, Object> headers) {
        addIfAbsent(headers, CONTENT_SECURITY_POLICY, policy("'self'"));
        addIfAbsent(headers, HttpHeaders.CACHE_CONTROL, "no-store");
        addIfAbsent(headers, "X-Content-Type-Options", "nosniff");
        addIfAbsent(headers, "X-Frame-Options", "DENY");
        // With no-referrer, browsers send "Origin: null" with forms, and the gate could not tell ours from others.
        addIfAbsent(headers, "Referrer-Policy", "same-origin");
        addIfAbsent(headers, "Cross-Origin-Resource-Policy", "same-origin");
        addIfAbsent(
                headers,
                "Permissions-Policy",
                "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()");
    }

    /** @param formAction where forms may lead, also by a redirect: Chromium checks those too */
    static String policy(String formAction) {
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                + "form-action " + formAction + "; frame-ancestors 'none'; base-uri 'none'";
    }

    private static void addIfAbsent(MultivaluedMap<String, Object> headers, String name, String value) {
        if (!headers.containsKey(name)) {
            headers.putSingle(name, value);
        }
    }
}
