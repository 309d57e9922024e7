package io.github.moodlemcp.server.jakarta;

import static java.util.Objects.requireNonNull;

import io.github.moodlemcp.server.ToolSelection;
import io.github.moodlemcp.server.internal.Features;
import java.util.List;
import java.util.Set;

/**
 * What the endpoint tells of its protection to those who have no good key.
 *
 * @param resourceName what is protected, for people
 * @param features what is protected
 * @param keyHelp where keys come from, a sentence; may be empty
 */
public record Protection(String resourceName, Features features, String keyHelp) {
    public Protection {
        requireNonNull(resourceName, "resourceName");
        requireNonNull(features, "features");
        requireNonNull(keyHelp, "keyHelp");
    }

    /** The scopes that can be of use at an address with this selection, in order; may be empty. */
    List<String> scopes(ToolSelection selection) {
        return features.scopes(selection);
    }

    /** The scopes that are needed there at first, in order; may be empty. */
    List<String> neededScopes(ToolSelection selection) {
        return features.scopes(features.byDefault().at(selection));
    }

    /** The toolsets that an address may name. */
    Set<String> toolsets() {
        return features.toolsets();
    }
}
