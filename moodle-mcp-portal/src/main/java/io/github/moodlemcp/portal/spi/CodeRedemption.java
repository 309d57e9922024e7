package io.github.moodlemcp.portal.spi;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/** What came of presenting an authorization code. */
public sealed interface CodeRedemption {
    /** The code was good and is spent now. */
    record Redeemed(AuthorizationCode code) implements CodeRedemption {
        public Redeemed {
            requireNonNull(code, "code");
        }
    }

    /** The code is unknown, has expired, or its grant was revoked. */
    record Refused() implements CodeRedemption {}

    /** The code was spent before, so somebody else may have it: its grant has been revoked. */
    record Reused(UUID grantId) implements CodeRedemption {
        public Reused {
            requireNonNull(grantId, "grantId");
        }
    }
}
