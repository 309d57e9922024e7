package io.github.moodlemcp.portal.provider;

import static java.util.Objects.requireNonNull;

import io.github.moodlemcp.portal.spi.Identity;

/**
 * Somebody whom a provider vouches for.
 *
 * @param email an address that the provider has verified
 * @param name not blank
 */
public record VerifiedPerson(Identity identity, String email, String name) {
    public VerifiedPerson {
        requireNonNull(identity, "identity");
        requireNonNull(email, "email");
        requireNonNull(name, "name");
    }

    /** Without who it is. */
    @Override
    public String toString() {
        return "VerifiedPerson[issuer=" + identity.issuer() + "]";
    }
}
