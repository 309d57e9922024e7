package io.github.moodlemcp.portal.memory;

import io.github.moodlemcp.portal.spi.Account;
import io.github.moodlemcp.portal.spi.AccountLookup;
import io.github.moodlemcp.portal.spi.AccountStore;
import io.github.moodlemcp.portal.spi.Identity;
import io.github.moodlemcp.portal.spi.LinkOutcome;
import io.github.moodlemcp.portal.spi.LinkedIdentity;
import io.github.moodlemcp.portal.spi.UnlinkOutcome;
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
    private final Map<Identity, Link> links = new HashMap<>();

    private record Link(UUID accountId, String email, Instant since) {}

    @Override
    public synchronized AccountLookup findOrCreate(Identity identity, String email, String name, Instant now) {
        Link known = links.get(identity);
        if (known != null) {
            return new AccountLookup.Found(accounts.get(known.accountId()));
        }
        if (findByEmail(email).isPresent()) {
            return new AccountLookup.EmailTaken();
        }
        Account account = new Account(UUID.randomUUID(), email, name, now);
        accounts.put(account.id(), account);
        links.put(identity, new Link(account.id(), email, now));
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
    public synchronized LinkOutcome link(UUID accountId, Identity identity, String email, Instant now) {
        Link known = links.putIfAbsent(identity, new Link(accountId, email, now));
        if (known == null) {
            return LinkOutcome.LINKED;
        }
        return known.accountId().equals(accountId) ? LinkOutcome.ALREADY_LINKED : LinkOutcome.TAKEN;
    }

    @Override
    public synchronized UnlinkOutcome unlink(UUID accountId, Identity identity) {
        List<LinkedIdentity> all = identities(accountId);
        if (all.stream().noneMatch(linked -> linked.identity().equals(identity))) {
            return UnlinkOutcome.UNKNOWN;
        }
        boolean othersRemain = all.stream()
                .map(LinkedIdentity::identity)
                .anyMatch(other -> !other.isLocal() && !other.equals(identity));
        if (identity.isLocal() || !othersRemain) {
            return UnlinkOutcome.LAST;
        }
        links.remove(identity);
        return UnlinkOutcome.UNLINKED;
    }

    @Override
    public synchronized List<LinkedIdentity> identities(UUID accountId) {
        return links.entrySet().stream()
                .filter(entry -> entry.getValue().accountId().equals(accountId))
                .map(entry -> new LinkedIdentity(
                        entry.getKey(),
                        entry.getValue().email(),
                        entry.getValue().since()))
                .sorted(Comparator.comparing(LinkedIdentity::linked))
                .toList();
    }

    @Override
    public synchronized List<Account> list(int limit) {
        return accounts.values().stream()
                .sorted(Comparator.comparing(Account::created))
                .limit(limit)
                .toList();
    }
}
