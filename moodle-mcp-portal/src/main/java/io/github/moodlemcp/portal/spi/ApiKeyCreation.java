package io.github.moodlemcp.portal.spi;

import static java.util.Objects.requireNonNull;

/** What came of storing a new API key. */
public sealed interface ApiKeyCreation {
    record Created(ApiKey key) implements ApiKeyCreation {
        public Created {
            requireNonNull(key, "key");
        }
    }

    /** The account has as many live keys as it may; nothing was stored. */
    record LimitReached() implements ApiKeyCreation {}
}
