package io.github.moodlemcp.server.feature;

import io.github.moodlemcp.protocol.mcp.ClientCapability;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The program that speaks to the server, as it described itself; for display and logs only.
 *
 * @param name such as {@code claude-code}, or null
 * @param version such as {@code 2.1.330}, or null
 * @param capabilities what it can do; a request that needs another of it ends in an error
 */
public record Client(@Nullable String name, @Nullable String version, Set<ClientCapability> capabilities) {
    public Client {
        capabilities = Set.copyOf(capabilities);
    }

    /** A client that said nothing of itself. */
    public static Client unknown() {
        return new Client(null, null, Set.of());
    }

    /** Whether it declared this. */
    public boolean can(ClientCapability capability) {
        return capabilities.contains(capability);
    }
}
