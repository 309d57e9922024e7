package io.github.moodlemcp.portal.credential;

import io.github.moodlemcp.portal.spi.OneTimeLink;
import io.github.moodlemcp.portal.spi.OneTimeLinkStore;
import io.github.moodlemcp.portal.spi.SecretHash;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Links that sign their holder in once: how the operator of a service without an issuer gets in. Safe for use by many
 * threads.
 */
public final class OneTimeLinks {
    /** The query parameter that carries the token. */
    public static final String PARAMETER = "link";

    private final OneTimeLinkStore store;
    private final RandomTokens tokens;
    private final URI signInPage;
    private final Duration lifetime;
    private final Clock clock;

    /** @param signInPage the absolute address at which links are redeemed */
    public OneTimeLinks(OneTimeLinkStore store, RandomTokens tokens, URI signInPage, Duration lifetime, Clock clock) {
        this.store = store;
        this.tokens = tokens;
        this.signInPage = signInPage;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** A new link for the account; whoever opens it first is signed in as that account. */
    public URI create(UUID accountId) {
        String token = tokens.next();
        store.save(new OneTimeLink(
                SecretHash.of(token), accountId, Instant.now(clock).plus(lifetime)));
        return URI.create(signInPage + "?" + PARAMETER + "=" + token);
    }

    /** The account that this token signs in, which is spent with this call. */
    public Optional<UUID> redeem(String token) {
        return store.consume(SecretHash.of(token), Instant.now(clock));
    }

    /** How long a link counts. */
    public Duration lifetime() {
        return lifetime;
    }
}
