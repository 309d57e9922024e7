package io.github.moodlemcp.server.jakarta;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What the endpoint tells of its protection to those who have no good key.
 *
 * @param resourceName what is protected, for people
 * @param scopes what a key may allow, in order; may be empty
 * @param keyHelp where keys come from, a sentence; may be empty
 */
public record Protection(String resourceName, List<String> scopes, String keyHelp) {
    public Protection {
        requireNonNull(resourceName, "resourceName");
        scopes = List.copyOf(scopes);
        requireNonNull(keyHelp, "keyHelp");
    }
}
