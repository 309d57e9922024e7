package io.github.moodlemcp.portal.oauth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of documents that clients publish about themselves. They are compared character by character, so only the plainest
 * form is taken: https, a host by its name, no port, user, query or fragment, and a path without dots that lead elsewhere.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-oauth-client-id-metadata-document/">OAuth Client ID Metadata
 *     Document, section 3</a>
 */
final class DocumentAddress {
    private static final int MAX_LENGTH = 500;
    private static final String SCHEME = "https://";
    private static final Pattern FORM = Pattern.compile("https://[a-z0-9.-]+/[!-~]+");
    private static final Pattern PLAIN_PATH = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:@%/-]+");

    /** A name with a top-level domain; no number in any notation is one. */
    private static final Pattern HOST =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])");

    private static final Set<String> DOTS = Set.of(".", "..", "%2e", ".%2e", "%2e.", "%2e%2e");

    private DocumentAddress() {}

    /** Whether the text means to be one; no id that is given here looks like it. */
    static boolean isMeant(@Nullable String text) {
        return text != null && text.startsWith(SCHEME);
    }

    /** The address, if it has the plain form. */
    static Optional<URI> of(String text) {
        if (text.length() > MAX_LENGTH || !FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new URI(text)).filter(DocumentAddress::isPlain);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isPlain(URI uri) {
        String host = uri.getHost();
        return host != null
                && HOST.matcher(host).matches()
                && host.equals(uri.getRawAuthority())
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && PLAIN_PATH.matcher(uri.getRawPath()).matches()
                && Arrays.stream(uri.getRawPath().split("/"))
                        .noneMatch(segment -> DOTS.contains(segment.toLowerCase(Locale.ROOT)));
    }
}
