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

    /**
     * The token is not good any more, but it bears a signature that only the service can make. Its sender is told as who
     * sent any other that is not good; only a {@link FailureLimit} does not count it, for nobody guesses such a token, and
     * its sender must learn that it is time for the next.
     */
    record Ended() implements TokenVerification {}

    /** It cannot be judged now; the caller may try again. */
    record Unavailable() implements TokenVerification {}
}
