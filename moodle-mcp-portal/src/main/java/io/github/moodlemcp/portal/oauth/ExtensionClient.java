package io.github.moodlemcp.portal.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Our browser extension as an OAuth client: public, known from the start, with the redirect addresses that browsers
 * reserve for it. Immutable.
 */
public final class ExtensionClient implements Client {
    /** Its client id. */
    public static final String ID = "moodle-mcp-extension";

    private static final Pattern CHROMIUM_ID = Pattern.compile("[a-p]{32}");

    private final Set<String> redirectUris;
    private final Audience audience;

    /**
     * @param chromiumIds the extension's ids in Chromium-family browsers, 32 letters from a to p each
     * @param geckoId its id in Firefox, such as {@code name@example.org}
     * @param audience the WebSocket that its tokens are for
     * @throws IllegalArgumentException if a Chromium id is malformed
     */
    public ExtensionClient(Set<String> chromiumIds, String geckoId, Audience audience) {
        Set<String> uris = new HashSet<>();
        uris.add("https://" + sha1(geckoId) + ".extensions.allizom.org/");
        for (String id : chromiumIds) {
            if (!CHROMIUM_ID.matcher(id).matches()) {
                throw new IllegalArgumentException("\"" + id
                        + "\" is not an extension id: 32 letters from a to p, as chrome://extensions shows it");
            }
            uris.add("https://" + id + ".chromiumapp.org/");
        }
        this.redirectUris = Set.copyOf(uris);
        this.audience = audience;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String name() {
        return "Moodle MCP extension";
    }

    @Override
    public Audience audience() {
        return audience;
    }

    @Override
    public Optional<URI> redirectUri(@Nullable String asked) {
        return Optional.ofNullable(asked).filter(redirectUris::contains).map(URI::create);
    }

    /** Firefox derives the host of the redirect address from the add-on's id this way. */
    private static String sha1(String geckoId) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(geckoId.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }
}
