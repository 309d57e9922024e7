package io.github.moodlemcp.testkit.portal;

import io.github.moodlemcp.portal.memory.InMemoryAccountStore;
import io.github.moodlemcp.portal.spi.Account;
import io.github.moodlemcp.portal.spi.AccountLookup;
import io.github.moodlemcp.portal.spi.AccountStore;
import io.github.moodlemcp.portal.spi.Identity;
import io.github.moodlemcp.portal.spi.LinkOutcome;
import io.github.moodlemcp.portal.spi.LinkedIdentity;
import io.github.moodlemcp.portal.spi.UnlinkOutcome;
import io.github.moodlemcp.testkit.Race;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Account stores with one fault each. */
final class BrokenAccountStores {
    private BrokenAccountStores() {}

    static class ForgetsTheName extends AccountStoreContract {
        @Override
        protected AccountStore newStore() {
            return new Forwarding() {
                @Override
                public AccountLookup findOrCreate(Identity identity, String email, String name, Instant now) {
                    return super.findOrCreate(identity, email, "Somebody", now);
                }
            };
        }
    }

    static class TakesTheNewAddressOver extends AccountStoreContract {
        @Override
        protected AccountStore newStore() {
            return new Forwarding() {
                @Override
                public AccountLookup findOrCreate(Identity identity, String email, String name, Instant now) {
                    AccountLookup lookup = super.findOrCreate(identity, email, name, now);
                    return lookup instanceof AccountLookup.Found(Account known)
                            ? new AccountLookup.Found(new Account(known.id(), email, name, known.created()))
                            : lookup;
                }
            };
        }
    }

    static class IgnoresTheIssuer extends AccountStoreContract {
        @Override
        protected AccountStore newStore() {
            return new Forwarding() {
                @Override
                public AccountLookup findOrCreate(Identity identity, String email, String name, Instant now) {
                    return super.findOrCreate(new Identity("any", identity.subject()), email, name, now);
                }
            };
        }
    }

    static class ComparesAddressesExactly extends AccountStoreContract {
        @Override
        protected AccountStore newStore() {
            return new ByMaps();
        }
    }

    static class LooksBeforeItActs extends AccountStoreContract {
        @Override
        protected AccountStore newStore() {
            return new ByMaps();
        }
    }

    static class FindsByPattern extends AccountStoreContract {
        @Override
        protected AccountStore newStore() {
            return new Forwarding() {
                @Override
                public Optional<Account> findByEmail(String email) {
                    String pattern = "(?i)" + email.replace("_", ".").replace("%", ".*");
                    return list(Integer.MAX_VALUE).stream()
                            .filter(account -> account.email().matches(pattern))
                            .findFirst();
                }
            };
        }
    }

    static class ListsInReverse extends AccountStoreContract {
        @Override
        protected AccountStore newStore() {
            return new Forwarding() {
                @Override
                public List<Account> list(int limit) {
                    return super.list(Integer.MAX_VALUE).stream()
                            .sorted((a, b) -> b.created().compareTo(a.created()))
                            .limit(limit)
                            .toList();
                }
            };
        }
    }

    static class TakesIdentitiesOver extends AccountStoreContract {
        @Override
        protected AccountStore newStore() {
            return new Forwarding() {
                @Override
                public LinkOutcome link(UUID accountId, Identity identity, String email, Instant now) {
                    list(Integer.MAX_VALUE).forEach(account -> unlink(account.id(), identity));
                    super.link(accountId, identity, email, now);
                    return LinkOutcome.LINKED;
                }
            };
        }
    }

    static class LooksBeforeItLinks extends AccountStoreContract {
        @Override
        protected AccountStore newStore() {
            Race race = new Race();
            Set<Identity> linked = ConcurrentHashMap.newKeySet();
            return new Forwarding() {
                @Override
                public LinkOutcome link(UUID accountId, Identity identity, String email, Instant now) {
                    boolean isFree = !linked.contains(identity);
                    race.gather();
                    linked.add(identity);
                    super.link(accountId, identity, email, now);
                    return isFree ? LinkOutcome.LINKED : LinkOutcome.TAKEN;
                }
            };
        }
    }

    static class ListsEverybodys extends AccountStoreContract {
        @Override
        protected AccountStore newStore() {
            return new Forwarding() {
                @Override
                public List<LinkedIdentity> identities(UUID accountId) {
                    return list(Integer.MAX_VALUE).stream()
                            .flatMap(account -> super.identities(account.id()).stream())
                            .toList();
                }
            };
        }
    }

    static class UnlinksForAnybody extends AccountStoreContract {
        @Override
        protected AccountStore newStore() {
            return new Forwarding() {
                @Override
                public UnlinkOutcome unlink(UUID accountId, Identity identity) {
                    return list(Integer.MAX_VALUE).stream()
                            .map(account -> super.unlink(account.id(), identity))
                            .filter(outcome -> outcome != UnlinkOutcome.UNKNOWN)
                            .findFirst()
                            .orElse(UnlinkOutcome.UNKNOWN);
                }
            };
        }
    }

    static class CountsBeforeItUnlinks extends AccountStoreContract {
        @Override
        protected AccountStore newStore() {
            Race race = new Race();
            Set<Identity> gone = ConcurrentHashMap.newKeySet();
            return new Forwarding() {
                @Override
                public UnlinkOutcome unlink(UUID accountId, Identity identity) {
                    boolean isLast = identities(accountId).stream()
                            .map(LinkedIdentity::identity)
                            .allMatch(other -> other.isLocal() || other.equals(identity) || gone.contains(other));
                    race.gather();
                    if (isLast) {
                        return UnlinkOutcome.LAST;
                    }
                    gone.add(identity);
                    return UnlinkOutcome.UNLINKED;
                }
            };
        }
    }

    private abstract static class Forwarding implements AccountStore {
        private final AccountStore store = new InMemoryAccountStore();

        @Override
        public AccountLookup findOrCreate(Identity identity, String email, String name, Instant now) {
            return store.findOrCreate(identity, email, name, now);
        }

        @Override
        public Optional<Account> find(UUID id) {
            return store.find(id);
        }

        @Override
        public Optional<Account> findByEmail(String email) {
            return store.findByEmail(email);
        }

        @Override
        public List<Account> list(int limit) {
            return store.list(limit);
        }

        @Override
        public LinkOutcome link(UUID accountId, Identity identity, String email, Instant now) {
            return store.link(accountId, identity, email, now);
        }

        @Override
        public UnlinkOutcome unlink(UUID accountId, Identity identity) {
            return store.unlink(accountId, identity);
        }

        @Override
        public List<LinkedIdentity> identities(UUID accountId) {
            return store.identities(accountId);
        }
    }

    /** As one would write it first: the address is compared as it is, and looking and making are two steps. */
    private static final class ByMaps implements AccountStore {
        private final Map<Identity, Account> accounts = new ConcurrentHashMap<>();
        private final Race race = new Race();

        @Override
        public AccountLookup findOrCreate(Identity identity, String email, String name, Instant now) {
            Account known = accounts.get(identity);
            if (known != null) {
                return new AccountLookup.Found(known);
            }
            if (findByEmail(email).isPresent()) {
                return new AccountLookup.EmailTaken();
            }
            race.gather();
            Account account = new Account(UUID.randomUUID(), email, name, now);
            accounts.put(identity, account);
            return new AccountLookup.Created(account);
        }

        @Override
        public Optional<Account> find(UUID id) {
            return accounts.values().stream()
                    .filter(account -> account.id().equals(id))
                    .findFirst();
        }

        @Override
        public Optional<Account> findByEmail(String email) {
            return accounts.values().stream()
                    .filter(account -> account.email().equals(email))
                    .findFirst();
        }

        @Override
        public List<Account> list(int limit) {
            return accounts.values().stream().limit(limit).toList();
        }

        @Override
        public LinkOutcome link(UUID accountId, Identity identity, String email, Instant now) {
            throw new UnsupportedOperationException("not needed for its rules");
        }

        @Override
        public UnlinkOutcome unlink(UUID accountId, Identity identity) {
            throw new UnsupportedOperationException("not needed for its rules");
        }

        @Override
        public List<LinkedIdentity> identities(UUID accountId) {
            throw new UnsupportedOperationException("not needed for its rules");
        }
    }
}
