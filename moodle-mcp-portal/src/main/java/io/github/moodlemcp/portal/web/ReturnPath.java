package io.github.moodlemcp.portal.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a person goes on after signing in: one of our own pages, never another site.
 *
 * @param value a path with an optional query
 */
public record ReturnPath(String value) {
    private static final int MAX_LENGTH = 4096;
    private static final Pattern FORM = Pattern.compile("/[a-z-]+(\\?[A-Za-z0-9._~%&=+*-]*)?");
    private static final List<String> PAGES = List.of("/account", "/authorize", "/dashboard", "/extension");

    public ReturnPath {
        if (!isOurs(value)) {
            throw new IllegalArgumentException("Not the path of a page to return to");
        }
    }

    /** The path, if it is one of our pages; empty for everything else. */
    public static Optional<ReturnPath> of(@Nullable String path) {
        return Optional.ofNullable(path).filter(ReturnPath::isOurs).map(ReturnPath::new);
    }

    /** The path as the value of a query parameter. */
    public String encoded() {
        return URLEncoder.encode(value, UTF_8);
    }

    private static boolean isOurs(String path) {
        if (path.length() > MAX_LENGTH || !FORM.matcher(path).matches()) {
            return false;
        }
        int query = path.indexOf('?');
        return PAGES.contains(query < 0 ? path : path.substring(0, query));
    }
}
