package io.github.moodlemcp.portal.credential;

import io.github.moodlemcp.portal.spi.Account;
import io.github.moodlemcp.portal.spi.AccountLookup;
import io.github.moodlemcp.portal.spi.AccountStore;
import io.github.moodlemcp.portal.spi.Identity;
import java.time.Clock;
import java.time.Instant;
import java.util.regex.Pattern;

/** Accounts that the operator makes at the console, without an issuer. Safe for use by many threads. */
public final class LocalAccounts {
    private static final Pattern EMAIL = Pattern.compile("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}]{1,189}");

    private final AccountStore store;
    private final Clock clock;

    public LocalAccounts(AccountStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Whether it looks like an e-mail address. */
    public static boolean isAddress(String text) {
        return EMAIL.matcher(text).matches();
    }

    /**
     * The account with this e-mail address, made if need be. The operator is trusted: an account that came from an
     * issuer is found too.
     *
     * @throws IllegalArgumentException if it is not an e-mail address
     */
    public Account findOrCreate(String email) {
        String address = email.strip();
        if (!isAddress(address)) {
            throw new IllegalArgumentException("Not an e-mail address. Write it as in: person@example.org");
        }
        String name = address.substring(0, address.indexOf('@'));
        return switch (store.findOrCreate(Identity.local(address), address, name, Instant.now(clock))) {
            case AccountLookup.Found found -> found.account();
            case AccountLookup.Created created -> created.account();
            case AccountLookup.EmailTaken() ->
                store.findByEmail(address)
                        .orElseThrow(() -> new IllegalStateException("The account vanished meanwhile. Try again."));
        };
    }
}
