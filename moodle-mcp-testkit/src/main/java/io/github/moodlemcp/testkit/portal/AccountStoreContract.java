package io.github.moodlemcp.testkit.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.portal.spi.Account;
import io.github.moodlemcp.portal.spi.AccountLookup;
import io.github.moodlemcp.portal.spi.AccountStore;
import io.github.moodlemcp.portal.spi.Identity;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The rules of {@link AccountStore}: extend it for your store, which may hold accounts of others already. Each test is
 * named for its rule.
 */
public abstract class AccountStoreContract {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private AccountStore store;

    /** For the subclass alone. */
    protected AccountStoreContract() {}

    protected abstract AccountStore newStore();

    @BeforeEach
    void makeStore() {
        store = newStore();
    }

    @Test
    @DisplayName("ACCOUNT-1: an unknown identity makes a new account")
    void account1() {
        String email = newEmail();

        Account account = created(identity(), email, NOW);

        assertThat(account.email()).isEqualTo(email);
        assertThat(account.name()).isEqualTo("Ada");
        assertThat(account.created()).isEqualTo(NOW);
        assertThat(created(identity(), newEmail(), NOW).id()).isNotEqualTo(account.id());
    }

    @Test
    @DisplayName("ACCOUNT-2: a known identity finds its account, which stays as it was")
    void account2() {
        Identity identity = identity();
        Account account = created(identity, newEmail(), NOW);

        AccountLookup lookup = store.findOrCreate(identity, newEmail(), "Another name", NOW.plusSeconds(60));

        assertThat(lookup).isEqualTo(new AccountLookup.Found(account));
        assertThat(store.find(account.id())).contains(account);
    }

    @Test
    @DisplayName("ACCOUNT-3: issuer and subject are compared exactly")
    void account3() {
        Identity identity = new Identity("https://issuer.example", "Subject-" + UUID.randomUUID());
        Account account = created(identity, newEmail(), NOW);

        assertThat(created(new Identity("https://issuer.example/", identity.subject()), newEmail(), NOW))
                .isNotEqualTo(account);
        String lowerCase = identity.subject().toLowerCase(Locale.ROOT);
        assertThat(created(new Identity(identity.issuer(), lowerCase), newEmail(), NOW))
                .isNotEqualTo(account);
    }

    @Test
    @DisplayName("ACCOUNT-4: an e-mail address that an account has is refused for another identity")
    void account4() {
        String email = newEmail();
        Account account = created(identity(), email, NOW);
        Identity other = identity();

        assertThat(store.findOrCreate(other, email.toUpperCase(Locale.ROOT), "Eve", NOW))
                .isEqualTo(new AccountLookup.EmailTaken());
        assertThat(store.findByEmail(email)).contains(account);
        assertThat(created(other, newEmail(), NOW)).isNotEqualTo(account);
    }

    @Test
    @DisplayName("ACCOUNT-5: many calls at once for one identity make one account")
    void account5() {
        Identity identity = identity();
        String email = newEmail();

        List<AccountLookup> lookups = AtOnce.run(16, i -> store.findOrCreate(identity, email, "Ada", NOW));

        Set<UUID> ids = new HashSet<>();
        int created = 0;
        for (AccountLookup lookup : lookups) {
            switch (lookup) {
                case AccountLookup.Created(Account account) -> {
                    created++;
                    ids.add(account.id());
                }
                case AccountLookup.Found(Account account) -> ids.add(account.id());
                case AccountLookup.EmailTaken() -> throw new AssertionError("The address is the identity's own");
            }
        }
        assertThat(created).isEqualTo(1);
        assertThat(ids).hasSize(1);
    }

    @Test
    @DisplayName("ACCOUNT-6: an account is found by its id, and by its address without regard to case")
    void account6() {
        String email = "Mixed.Case-" + UUID.randomUUID() + "@Example.org";
        Account account = created(identity(), email, NOW);

        assertThat(store.find(account.id())).contains(account);
        assertThat(store.findByEmail(email.toLowerCase(Locale.ROOT))).contains(account);
        assertThat(store.find(UUID.randomUUID())).isEmpty();
        assertThat(store.findByEmail(newEmail())).isEmpty();
        assertThat(store.findByEmail(email.replace('M', '_'))).isEmpty();
        assertThat(store.findByEmail("%" + email.substring(1))).isEmpty();
    }

    @Test
    @DisplayName("ACCOUNT-7: the list has the oldest first, and no more than the limit")
    void account7() {
        Account late = created(identity(), newEmail(), NOW.plusSeconds(2));
        Account early = created(identity(), newEmail(), NOW.plusSeconds(1));

        assertThat(store.list(Integer.MAX_VALUE)).containsSubsequence(early, late);
        assertThat(store.list(1)).hasSize(1);
    }

    private Account created(Identity identity, String email, Instant now) {
        AccountLookup lookup = store.findOrCreate(identity, email, "Ada", now);
        assertThat(lookup).isInstanceOf(AccountLookup.Created.class);
        return ((AccountLookup.Created) lookup).account();
    }

    private static Identity identity() {
        return new Identity("https://issuer.example", UUID.randomUUID().toString());
    }

    private static String newEmail() {
        return UUID.randomUUID() + "@example.org";
    }
}
