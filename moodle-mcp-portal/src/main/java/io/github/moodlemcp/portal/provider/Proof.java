package io.github.moodlemcp.portal.provider;

import static java.util.Objects.requireNonNull;

/**
 * Random values that tie a sign-in together.
 *
 * @param state comes back with the browser
 * @param nonce comes back inside the ID token
 * @param verifier the secret whose hash the provider got first (PKCE, RFC 7636)
 */
public record Proof(String state, String nonce, String verifier) {
    public Proof {
        requireNonNull(state, "state");
        requireNonNull(nonce, "nonce");
        requireNonNull(verifier, "verifier");
    }

    /** Without the values. */
    @Override
    public String toString() {
        return "Proof";
    }
}
