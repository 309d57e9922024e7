package io.github.moodlemcp.portal.spi;

import java.net.URI;

/** How an OAuth client proves at the token endpoint that it is itself. */
public sealed interface ClientProof {
    /** It does not: a public client. */
    record None() implements ClientProof {}

    /** It signs, with a private key to one of these public keys. */
    record Keys(String jwkSet) implements ClientProof {}

    /** It signs, with a private key to one of the public keys that are published there. */
    record KeysAt(URI jwksUri) implements ClientProof {}
}
