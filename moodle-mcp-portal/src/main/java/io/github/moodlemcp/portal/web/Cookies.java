package io.github.moodlemcp.portal.web;

import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Cookies that only this host gets, no script reads and no other site's form carries. Over https the browser itself
 * holds that promise ({@code __Host-}); over http, where it refuses that prefix, the name is plain.
 */
final class Cookies {
    private final boolean secure;

    Cookies(PublicAddress address) {
        this.secure = address.isSecure();
    }

    Optional<String> read(HttpHeaders headers, String name) {
        Cookie cookie = headers.getCookies().get(fullName(name));
        return Optional.ofNullable(cookie).map(Cookie::getValue).filter(value -> !value.isEmpty());
    }

    /** The names of the request's cookies that begin so, as {@link #read} takes them. */
    List<String> namesWith(HttpHeaders headers, String prefix) {
        int hidden = fullName("").length();
        return headers.getCookies().keySet().stream()
                .filter(name -> name.startsWith(fullName(prefix)))
                .map(name -> name.substring(hidden))
                .toList();
    }

    NewCookie make(String name, String value, Duration lifetime) {
        return new NewCookie.Builder(fullName(name))
                .value(value)
                .path("/")
                .maxAge(Math.toIntExact(lifetime.toSeconds()))
                .secure(secure)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.LAX)
                .build();
    }

    NewCookie remove(String name) {
        return make(name, "", Duration.ZERO);
    }

    private String fullName(String name) {
        return (secure ? "__Host-" : "") + name;
    }
}
