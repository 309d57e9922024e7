package io.github.moodlemcp.server.spi;

import io.github.moodlemcp.server.Caller;
import org.jspecify.annotations.Nullable;

/** Judges the secrets that callers and extensions show. Safe for use by many threads; it may block. */
@FunctionalInterface
public interface TokenVerifier {

    /**
     * Judges a token.
     *
     * @param token as it was sent; may be anything
     * @return never null; an unknown, a malformed, an expired and a revoked token are all {@link
     *     TokenVerification.Rejected} alike
     */
    TokenVerification verify(String token);

    /**
     * Judges a token that came with a request over HTTP, as {@link #verify(String)} does unless it is overridden.
     *
     * @param userAgent what the program calls itself, of any length and content, or null
     */
    default TokenVerification verify(String token, @Nullable String userAgent) {
        return verify(token);
    }

    /**
     * Whether the credential behind a caller still counts: asked before the result of a call is given away, because it may
     * have been revoked while the call ran. Unless it is overridden, everything counts until its next request.
     *
     * @param caller as {@link TokenVerification.Verified} told of it
     * @return false withholds the result; when it cannot be told now, throw
     */
    default boolean stillCounts(Caller caller) {
        return true;
    }

    /**
     * Accepts one key, which belongs to one caller; its length and its beginning cannot be guessed from the time it takes.
     *
     * @param key at least 16 characters, better 32 and more of them, all random
     * @throws IllegalArgumentException if the key is shorter
     */
    static TokenVerifier ofKey(String key, Caller caller) {
        return new OneKey(key, caller);
    }

    /** Accepts nobody: what a server does until it is given a verifier. */
    static TokenVerifier rejectingEverybody() {
        return token -> new TokenVerification.Rejected();
    }
}
