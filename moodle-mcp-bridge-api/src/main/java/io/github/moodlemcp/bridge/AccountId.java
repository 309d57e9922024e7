package io.github.moodlemcp.bridge;

import static java.util.Objects.requireNonNull;

/** Whose browsers and calls these are; opaque here. */
public record AccountId(String value) {
    public AccountId {
        requireNonNull(value, "value");
    }
}
