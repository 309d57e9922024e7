package io.github.moodlemcp.portal.credential;

import io.github.moodlemcp.portal.spi.ApiKey;

/** What came of making an API key. */
public sealed interface IssuedKey {
    /**
     * The key was made.
     *
     * @param secret the key itself, which exists nowhere else: show it once and forget it
     */
    record Issued(ApiKey key, String secret) implements IssuedKey {
        /** Without the secret, so that it reaches no log by accident. */
        @Override
        public String toString() {
            return "Issued[key=" + key + "]";
        }
    }

    /** The account has as many live keys as it may. */
    record LimitReached(int limit) implements IssuedKey {}
}
