package io.github.moodlemcp.portal.oauth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses codes may be sent to.
 *
 * <p>Three kinds are: https, http on the loopback interface, and schemes that an app has made its own. An address of a
 * request must be one of the client's, character by character; only the port of a loopback address is free, because
 * programs find one when they start.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8252#section-7">RFC 8252, section 7</a>
 */
final class RedirectUris {
    private static final int MAX_LENGTH = 2000;
    private static final int MAX_PORT = 65535;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");
    private static final Pattern OWN_SCHEME = Pattern.compile("[a-z][a-z0-9+.-]*");

    /** Schemes that browsers or operating systems act on themselves. */
    private static final Set<String> TAKEN_SCHEMES = Set.of(
            "about",
            "android-app",
            "blob",
            "chrome",
            "chrome-extension",
            "content",
            "data",
            "edge",
            "file",
            "filesystem",
            "ftp",
            "ftps",
            "gopher",
            "intent",
            "jar",
            "javascript",
            "ldap",
            "ldaps",
            "livescript",
            "mailto",
            "mhtml",
            "mocha",
            "moz-extension",
            "nfs",
            "res",
            "resource",
            "safari-web-extension",
            "search-ms",
            "sftp",
            "shell",
            "smb",
            "sms",
            "ssh",
            "tel",
            "telnet",
            "urn",
            "vbscript",
            "view-source",
            "ws",
            "wss");

    private RedirectUris() {}

    /** The address as a URI if a client may have it; empty otherwise. */
    static Optional<URI> permitted(String text) {
        if (text.length() > MAX_LENGTH || !PRINTABLE.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new URI(text)).filter(RedirectUris::isPermitted);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** The address of a request if it is one of the client's; empty otherwise. */
    static Optional<URI> match(List<String> registered, @Nullable String asked) {
        if (asked == null) {
            return Optional.empty();
        }
        Optional<URI> uri = permitted(asked);
        return uri.filter(given -> registered.contains(asked)
                || isLoopback(given) && registered.stream().anyMatch(own -> differsInPortOnly(own, given)));
    }

    /** Whether it leads to a program on the person's own computer, as far as the address tells. */
    static boolean isLoopback(URI uri) {
        return "http".equals(uri.getScheme()) && uri.getHost() != null && LOOPBACK.contains(uri.getHost());
    }

    private static boolean isPermitted(URI uri) {
        String scheme = uri.getScheme();
        if (scheme == null || uri.isOpaque() || uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
            return false;
        }
        return switch (scheme) {
            case "https" -> uri.getHost() != null && isWrittenPlainly(uri);
            case "http" -> isLoopback(uri) && isWrittenPlainly(uri);
            default -> isOwnScheme(scheme);
        };
    }

    private static boolean isOwnScheme(String scheme) {
        return OWN_SCHEME.matcher(scheme).matches() && !TAKEN_SCHEMES.contains(scheme) && !scheme.startsWith("ms-");
    }

    /** Programs that read an address differently must not come to another host. */
    private static boolean isWrittenPlainly(URI uri) {
        return uri.getHost().equals(uri.getHost().toLowerCase(Locale.ROOT))
                && uri.getPort() <= MAX_PORT
                && uri.getPort() != 0
                && uri.toString().equals(written(uri, uri.getPort()));
    }

    private static boolean differsInPortOnly(String registered, URI asked) {
        return permitted(registered)
                .filter(RedirectUris::isLoopback)
                .filter(own -> written(own, -1).equals(written(asked, -1)))
                .isPresent();
    }

    private static String written(URI uri, int port) {
        return uri.getScheme() + "://" + uri.getHost() + (port < 0 ? "" : ":" + port) + uri.getRawPath()
                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }
}
