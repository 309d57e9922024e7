package io.github.moodlemcp.portal.memory;

import io.github.moodlemcp.portal.spi.Account;
import io.github.moodlemcp.portal.spi.AccountLookup;
import io.github.moodlemcp.portal.spi.AccountStore;
import io.github.moodlemcp.portal.spi.Identity;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Accounts in memory. Safe for use by many threads. */
public final class InMemoryAccountStore implements AccountStore {
    private final Map<UUID, Account> accounts = new LinkedHashMap<>();
    private final Map<Identity, UUID> identities = new HashMap<>();

    @Override
    public synchronized AccountLookup findOrCreate(Identity identity, String email, String name, Instant now) {
        UUID known = identities.get(identity);
        if (known != null) {
            return new AccountLookup.Found(accounts.get(known));
        }
        if (findByEmail(email).isPresent()) {
            return new AccountLookup.EmailTaken();
        }
        Account account = new Account(UUID.randomUUID(), email, name, now);
        accounts.put(account.id(), account);
        identities.put(identity, account.id());
        return new AccountLookup.Created(account);
    }

    @Override
    public synchronized Optional<Account> find(UUID id) {
        return Optional.ofNullable(accounts.get(id));
    }

    @Override
    public synchronized Optional<Account> findByEmail(String email) {
        return accounts.values().stream()
                .filter(account -> account.email().equalsIgnoreCase(email))
                .findFirst();
    }

    @Override
    public synchronized List<Account> list(int limit) {
        return accounts.values().stream()
                .sorted(Comparator.comparing(Account::created))
                .limit(limit)
                .toList();
    }
}
