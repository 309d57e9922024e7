package io.github.moodlemcp.portal.web;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds every page.
 *
 * @param title the title of the page
 * @param origin the service's address
 * @param assets the path of each asset
 * @param person who is signed in; null for a visitor
 */
public record Frame(
        String title,
        String origin,
        Map<String, String> assets,
        @Nullable Person person) {
    public Frame {
        assets = Map.copyOf(assets);
    }

    /** Who is signed in, with the token that their forms carry. */
    public record Person(String name, String email, String formToken) {}
}
