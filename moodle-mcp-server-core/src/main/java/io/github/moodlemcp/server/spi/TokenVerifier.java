package io.github.moodlemcp.server.spi;

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

    /** Accepts nobody: what a server does until it is given a verifier. */
    static TokenVerifier rejectingEverybody() {
        return token -> new TokenVerification.Rejected();
    }
}
