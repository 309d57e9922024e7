package io.github.moodlemcp.testkit.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.portal.spi.Account;
import io.github.moodlemcp.portal.spi.AccountLookup;
import io.github.moodlemcp.portal.spi.AccountStore;
import io.github.moodlemcp.portal.spi.Identity;
import io.github.moodlemcp.portal.spi.LinkOutcome;
import io.github.moodlemcp.portal.spi.LinkedIdentity;
import io.github.moodlemcp.portal.spi.UnlinkOutcome;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
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

    @Test
    @DisplayName("ACCOUNT-8: a linked identity finds the account, and one of another account is taken")
    void account8() {
        Account account = created(identity(), newEmail(), NOW);
        Identity second = identity();
        Identity anothers = identity();
        Account another = created(anothers, newEmail(), NOW);

        assertThat(store.link(account.id(), second, "second@example.org", NOW)).isEqualTo(LinkOutcome.LINKED);

        assertThat(store.findOrCreate(second, newEmail(), "Another name", NOW))
                .isEqualTo(new AccountLookup.Found(account));
        assertThat(store.link(account.id(), second, newEmail(), NOW)).isEqualTo(LinkOutcome.ALREADY_LINKED);
        assertThat(store.link(account.id(), anothers, newEmail(), NOW)).isEqualTo(LinkOutcome.TAKEN);
        assertThat(store.findOrCreate(anothers, newEmail(), "Ada", NOW)).isEqualTo(new AccountLookup.Found(another));
        assertThat(store.identities(account.id())).hasSize(2);
    }

    @Test
    @DisplayName("ACCOUNT-9: of many accounts that link one identity at once, one gets it")
    void account9() {
        Identity identity = identity();
        List<UUID> accounts = Stream.generate(
                        () -> created(identity(), newEmail(), NOW).id())
                .limit(8)
                .toList();

        List<LinkOutcome> outcomes =
                AtOnce.run(8, i -> store.link(accounts.get(i), identity, "shared@example.org", NOW));

        assertThat(outcomes).containsOnlyOnce(LinkOutcome.LINKED).hasSize(8);
        assertThat(outcomes).filteredOn(LinkOutcome.TAKEN::equals).hasSize(7);
        UUID winner = accounts.get(outcomes.indexOf(LinkOutcome.LINKED));
        assertThat(store.findOrCreate(identity, newEmail(), "Ada", NOW))
                .isEqualTo(new AccountLookup.Found(store.find(winner).orElseThrow()));
    }

    @Test
    @DisplayName("ACCOUNT-10: an account's own identities are listed, oldest first, with their addresses")
    void account10() {
        Identity first = identity();
        String email = newEmail();
        Account account = created(first, email, NOW);
        Identity third = identity();
        Identity second = identity();
        store.link(account.id(), third, "third@example.org", NOW.plusSeconds(2));
        store.link(account.id(), second, "second@example.org", NOW.plusSeconds(1));
        created(identity(), newEmail(), NOW);

        assertThat(store.identities(account.id()))
                .containsExactly(
                        new LinkedIdentity(first, email, NOW),
                        new LinkedIdentity(second, "second@example.org", NOW.plusSeconds(1)),
                        new LinkedIdentity(third, "third@example.org", NOW.plusSeconds(2)));
        assertThat(store.identities(UUID.randomUUID())).isEmpty();
    }

    @Test
    @DisplayName("ACCOUNT-11: an unlinked identity finds the account no more, one of another account stays")
    void account11() {
        Account account = created(identity(), newEmail(), NOW);
        Identity second = identity();
        store.link(account.id(), second, newEmail(), NOW);
        Identity anothers = identity();
        Account another = created(anothers, newEmail(), NOW);
        store.link(another.id(), identity(), newEmail(), NOW);

        assertThat(store.unlink(account.id(), anothers)).isEqualTo(UnlinkOutcome.UNKNOWN);
        assertThat(store.unlink(account.id(), identity())).isEqualTo(UnlinkOutcome.UNKNOWN);
        assertThat(store.unlink(account.id(), second)).isEqualTo(UnlinkOutcome.UNLINKED);
        assertThat(store.unlink(account.id(), second)).isEqualTo(UnlinkOutcome.UNKNOWN);

        assertThat(store.identities(another.id())).hasSize(2);
        assertThat(store.findOrCreate(anothers, newEmail(), "Ada", NOW)).isEqualTo(new AccountLookup.Found(another));
        assertThat(created(second, newEmail(), NOW)).isNotEqualTo(account);
    }

    @Test
    @DisplayName("ACCOUNT-12: the last identity of an issuer stays, also when all are unlinked at once")
    void account12() {
        String email = newEmail();
        Identity local = Identity.local(email);
        Account account = created(local, email, NOW);
        List<Identity> identities =
                Stream.generate(AccountStoreContract::identity).limit(4).toList();
        identities.forEach(identity -> store.link(account.id(), identity, newEmail(), NOW));

        List<UnlinkOutcome> outcomes = AtOnce.run(4, i -> store.unlink(account.id(), identities.get(i)));

        assertThat(outcomes).filteredOn(UnlinkOutcome.UNLINKED::equals).hasSize(3);
        assertThat(outcomes).containsOnlyOnce(UnlinkOutcome.LAST);
        assertThat(store.unlink(account.id(), local)).isEqualTo(UnlinkOutcome.LAST);
        assertThat(store.identities(account.id())).hasSize(2);
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
