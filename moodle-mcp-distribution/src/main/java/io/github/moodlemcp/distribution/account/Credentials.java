package io.github.moodlemcp.distribution.account;

import io.github.moodlemcp.distribution.config.Config.PublicUrls;
import io.github.moodlemcp.distribution.store.Stores;
import io.github.moodlemcp.portal.credential.ApiKeys;
import io.github.moodlemcp.portal.credential.LocalAccounts;
import io.github.moodlemcp.portal.credential.OneTimeLinks;
import io.github.moodlemcp.portal.credential.RandomTokens;
import io.github.moodlemcp.portal.spi.Account;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/**
 * Keys, local accounts and sign-in links with the limits of this service, the same for the running service and for the
 * commands beside it. Safe for use by many threads.
 */
public final class Credentials {
    /** How many live API keys an account may have. */
    public static final int LIVE_KEYS = 5;

    /** How long a sign-in link counts. */
    public static final Duration LINK_LIFETIME = Duration.ofMinutes(10);

    /** Whose account is made when a service without any account prints its first sign-in link. */
    private static final String FIRST_ADDRESS = "owner@localhost";

    private final Stores stores;
    private final ApiKeys apiKeys;
    private final LocalAccounts localAccounts;
    private final OneTimeLinks oneTimeLinks;

    public Credentials(Stores stores, PublicUrls publicUrls, Clock clock) {
        SecureRandom random = new SecureRandom();
        this.stores = stores;
        this.apiKeys = new ApiKeys(stores.apiKeys(), random, clock, LIVE_KEYS);
        this.localAccounts = new LocalAccounts(stores.accounts(), clock);
        this.oneTimeLinks = new OneTimeLinks(
                stores.oneTimeLinks(),
                new RandomTokens(random),
                URI.create(publicUrls.base() + "/sign-in"),
                LINK_LIFETIME,
                clock);
    }

    public ApiKeys apiKeys() {
        return apiKeys;
    }

    public LocalAccounts localAccounts() {
        return localAccounts;
    }

    public OneTimeLinks oneTimeLinks() {
        return oneTimeLinks;
    }

    /** The oldest account; made when there is none. */
    public Account firstAccount() {
        return stores.accounts().list(1).stream()
                .findFirst()
                .orElseGet(() -> localAccounts.findOrCreate(FIRST_ADDRESS));
    }
}
