package io.github.moodlemcp.portal.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * An OAuth authorization code.
 *
 * @param hash the hash of the code
 * @param grant what redeeming it gives
 * @param redirectUri the exact address it was sent to
 * @param codeChallenge the S256 challenge that the client's verifier must meet
 * @param expires the first instant at which it counts no more
 */
public record AuthorizationCode(
        SecretHash hash, Grant grant, String redirectUri, String codeChallenge, Instant expires) {
    public AuthorizationCode {
        requireNonNull(hash, "hash");
        requireNonNull(grant, "grant");
        requireNonNull(redirectUri, "redirectUri");
        requireNonNull(codeChallenge, "codeChallenge");
        requireNonNull(expires, "expires");
    }
}
