package io.github.moodlemcp.server.spi;

import static java.util.Objects.requireNonNull;

import io.github.moodlemcp.server.Caller;

/** What a {@link TokenVerifier} found. */
public sealed interface TokenVerification {

    /** The token is good. */
    record Verified(Caller caller) implements TokenVerification {
        public Verified {
            requireNonNull(caller, "caller");
        }
    }

    /** The token is not good, whatever the reason. */
    record Rejected() implements TokenVerification {}

    /** It cannot be judged now; the caller may try again. */
    record Unavailable() implements TokenVerification {}
}
