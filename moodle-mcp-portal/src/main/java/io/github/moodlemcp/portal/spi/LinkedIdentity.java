package io.github.moodlemcp.portal.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * An identity that leads to an account, as its owner sees it.
 *
 * @param email the address that came with the identity when it was linked; tells its owner which one it is
 */
public record LinkedIdentity(Identity identity, String email, Instant linked) {
    public LinkedIdentity {
        requireNonNull(identity, "identity");
        requireNonNull(email, "email");
        requireNonNull(linked, "linked");
    }
}
