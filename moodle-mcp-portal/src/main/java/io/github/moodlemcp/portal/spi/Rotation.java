package io.github.moodlemcp.portal.spi;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/** What came of exchanging a refresh token for its replacement. */
public sealed interface Rotation {
    /** The replacement is stored, and the presented token counts only for the grace period from its first use. */
    record Rotated(Grant grant) implements Rotation {
        public Rotated {
            requireNonNull(grant, "grant");
        }
    }

    /** The token is unknown, has expired, is another client's, or its grant was revoked; nothing was stored. */
    record Refused() implements Rotation {}

    /** The token was used again after its grace, so somebody else may have it: its grant has been revoked. */
    record Reused(UUID grantId) implements Rotation {
        public Reused {
            requireNonNull(grantId, "grantId");
        }
    }
}
