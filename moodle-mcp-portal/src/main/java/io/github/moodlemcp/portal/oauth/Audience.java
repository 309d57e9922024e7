package io.github.moodlemcp.portal.oauth;

import com.nimbusds.oauth2.sdk.Scope;
import io.github.moodlemcp.portal.credential.BridgeTokens;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An address that tokens are given for (RFC 8707), and the scopes there. Immutable.
 *
 * <p>At the MCP endpoint writing includes reading, so that a client that steps up does not lose what it had. Scopes that
 * are not of this endpoint are passed over, such as {@code offline_access}: each client gets refresh tokens.
 */
public final class Audience {
    /** Allows reading in Moodle. */
    public static final String READ = "moodle:read";

    /** Allows writing in Moodle too. */
    public static final String WRITE = "moodle:write";

    /** Asked for by clients that want refresh tokens, which all get. */
    public static final String OFFLINE = "offline_access";

    private static final Pattern SELECTION = Pattern.compile("/[a-z,/-]{0,500}");

    private final URI resource;
    private final boolean isBridge;

    private Audience(URI resource, boolean isBridge) {
        this.resource = resource;
        this.isBridge = isBridge;
    }

    /** The extension's WebSocket. */
    public static Audience ofBridge(URI webSocket) {
        return new Audience(webSocket, true);
    }

    /** The endpoint that assistants call. */
    public static Audience ofMcp(URI endpoint) {
        return new Audience(endpoint, false);
    }

    public URI resource() {
        return resource;
    }

    /**
     * Whether a request that names these resources, or none, is for this address. At the MCP endpoint a slash at the end is
     * forgiven, and addresses below it are the same resource: they select among its tools.
     */
    boolean isNamedBy(@Nullable List<URI> resources) {
        return resources == null || resources.size() == 1 && isNamedBy(resources.getFirst());
    }

    private boolean isNamedBy(URI given) {
        String text = given.toString();
        boolean isBelow = text.startsWith(resource + "/")
                && SELECTION
                        .matcher(text.substring(resource.toString().length()))
                        .matches();
        return given.equals(resource) || !isBridge && isBelow;
    }

    /** What to grant for this request, separated by spaces; empty when nothing asked for exists. */
    Optional<String> scopeFor(@Nullable Scope asked) {
        return isBridge ? bridgeScope(asked) : mcpScope(asked);
    }

    private static Optional<String> bridgeScope(@Nullable Scope asked) {
        boolean fits = asked == null || asked.toStringList().equals(List.of(BridgeTokens.SCOPE));
        return fits ? Optional.of(BridgeTokens.SCOPE) : Optional.empty();
    }

    private static Optional<String> mcpScope(@Nullable Scope asked) {
        Set<String> names = asked == null ? Set.of() : new TreeSet<>(asked.toStringList());
        if (names.contains(WRITE)) {
            return Optional.of(READ + " " + WRITE);
        }
        boolean namesNone = names.isEmpty() || names.equals(Set.of(OFFLINE));
        return namesNone || names.contains(READ) ? Optional.of(READ) : Optional.empty();
    }

    /**
     * What of a grant's scopes a refresh gives.
     *
     * @param granted separated by spaces
     * @return empty when the client asks for more than it was granted
     */
    Optional<String> narrowed(String granted, @Nullable Scope asked) {
        if (asked == null) {
            return Optional.of(granted);
        }
        return scopeFor(asked).filter(scope -> Set.of(granted.split(" ")).containsAll(List.of(scope.split(" "))));
    }
}
