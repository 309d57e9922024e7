package io.github.moodlemcp.portal.spi;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * Who somebody is to an issuer: the key under which an account is found, never the e-mail address.
 *
 * @param issuer the issuer's exact identifier, or {@link #LOCAL_ISSUER}
 * @param subject the issuer's own, case-sensitive name for the person; for local accounts the e-mail address in lower
 *     case
 */
public record Identity(String issuer, String subject) {
    /** The issuer of accounts that the operator of this service made. */
    public static final String LOCAL_ISSUER = "urn:moodle-mcp:local";

    public Identity {
        requireNonNull(issuer, "issuer");
        requireNonNull(subject, "subject");
    }

    /** Whether the operator vouches for it, and no issuer. */
    public boolean isLocal() {
        return issuer.equals(LOCAL_ISSUER);
    }

    /** The local identity of this address. */
    public static Identity local(String email) {
        return new Identity(LOCAL_ISSUER, email.strip().toLowerCase(Locale.ROOT));
    }
}
