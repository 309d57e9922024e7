package io.github.moodlemcp.testkit.issuer;

import static java.util.Objects.requireNonNull;

/**
 * Somebody who signs in at a fake issuer.
 *
 * @param subject the issuer's name for the person
 * @param email the person's address; empty for none
 */
public record FakePerson(String subject, String email, boolean emailVerified, String name) {
    public FakePerson {
        requireNonNull(subject, "subject");
        requireNonNull(email, "email");
        requireNonNull(name, "name");
    }

    /** Somebody whose address is verified. */
    public static FakePerson of(String subject, String email, String name) {
        return new FakePerson(subject, email, true, name);
    }
}
