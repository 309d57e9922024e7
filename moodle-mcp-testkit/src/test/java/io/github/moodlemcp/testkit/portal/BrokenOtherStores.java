package io.github.moodlemcp.testkit.portal;

import io.github.moodlemcp.portal.memory.InMemoryWebSessionStore;
import io.github.moodlemcp.portal.spi.OneTimeLink;
import io.github.moodlemcp.portal.spi.OneTimeLinkStore;
import io.github.moodlemcp.portal.spi.SecretHash;
import io.github.moodlemcp.portal.spi.SignInStateStore;
import io.github.moodlemcp.portal.spi.WebSession;
import io.github.moodlemcp.portal.spi.WebSessionStore;
import io.github.moodlemcp.testkit.Race;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Stores of web sessions and sign-in links with one fault each. */
final class BrokenOtherStores {
    private BrokenOtherStores() {}

    static class SessionsForEver extends SessionKit {
        @Override
        protected WebSessionStore newStore() {
            return new Sessions() {
                @Override
                public Optional<WebSession> find(SecretHash id, Instant now) {
                    return super.find(id, Instant.MIN);
                }
            };
        }
    }

    static class SessionsThatDoNotEnd extends SessionKit {
        @Override
        protected WebSessionStore newStore() {
            return new Sessions() {
                @Override
                public void end(SecretHash id) {}
            };
        }
    }

    static class EndsAllSessions extends SessionKit {
        @Override
        protected WebSessionStore newStore() {
            return new Sessions() {
                @Override
                public void end(SecretHash id) {
                    everybody.forEach(account -> endOthers(account, SecretHash.of("none")));
                }

                private final Set<UUID> everybody = ConcurrentHashMap.newKeySet();

                @Override
                public void create(WebSession session) {
                    everybody.add(session.accountId());
                    super.create(session);
                }
            };
        }
    }

    static class ListsTheOldestFirst extends SessionKit {
        @Override
        protected WebSessionStore newStore() {
            return new Sessions() {
                @Override
                public List<WebSession> list(UUID accountId, Instant now) {
                    return super.list(accountId, now).reversed();
                }
            };
        }
    }

    static class EndsForAnybody extends SessionKit {
        @Override
        protected WebSessionStore newStore() {
            return new Sessions() {
                @Override
                public boolean end(UUID accountId, SecretHash id) {
                    boolean found = find(id, Instant.MIN).isPresent();
                    end(id);
                    return found;
                }
            };
        }
    }

    static class EndsAlsoTheKept extends SessionKit {
        @Override
        protected WebSessionStore newStore() {
            return new Sessions() {
                @Override
                public void endOthers(UUID accountId, SecretHash kept) {
                    super.endOthers(accountId, SecretHash.of("none"));
                }
            };
        }
    }

    static class SeenEarlier extends SessionKit {
        @Override
        protected WebSessionStore newStore() {
            return new Sessions() {
                @Override
                public void seen(SecretHash id, Instant now) {
                    find(id, Instant.MIN)
                            .ifPresent(session -> create(new WebSession(
                                    id,
                                    session.accountId(),
                                    session.label(),
                                    session.created(),
                                    now,
                                    session.expires())));
                }
            };
        }
    }

    static class StatesForEver extends SignInStateStoreContract {
        @Override
        protected SignInStateStore newStore() {
            return (state, expires) -> true;
        }
    }

    static class StatesReadBeforeTheyAreSpent extends SignInStateStoreContract {
        @Override
        protected SignInStateStore newStore() {
            Race race = new Race();
            Map<SecretHash, Instant> spent = new ConcurrentHashMap<>();
            return (state, expires) -> {
                boolean isNew = !spent.containsKey(state);
                race.gather();
                spent.put(state, expires);
                return isNew;
            };
        }
    }

    static class OneStateForAll extends SignInStateStoreContract {
        @Override
        protected SignInStateStore newStore() {
            AtomicBoolean isSpent = new AtomicBoolean();
            return (state, expires) -> !isSpent.getAndSet(true);
        }
    }

    static class LinksForEver extends LinkKit {
        @Override
        protected OneTimeLinkStore newStore() {
            return new Links() {
                @Override
                public Optional<UUID> consume(SecretHash hash, Instant now) {
                    return Optional.ofNullable(links.get(hash)).map(OneTimeLink::accountId);
                }
            };
        }
    }

    static class LinksReadBeforeTheyAreRemoved extends LinkKit {
        @Override
        protected OneTimeLinkStore newStore() {
            Race race = new Race();
            return new Links() {
                @Override
                public Optional<UUID> consume(SecretHash hash, Instant now) {
                    OneTimeLink link = links.get(hash);
                    race.gather();
                    links.remove(hash);
                    return Optional.ofNullable(link).map(OneTimeLink::accountId);
                }
            };
        }
    }

    static class LinksWithoutExpiry extends LinkKit {
        @Override
        protected OneTimeLinkStore newStore() {
            return new Links() {
                @Override
                public Optional<UUID> consume(SecretHash hash, Instant now) {
                    return super.consume(hash, Instant.MIN);
                }
            };
        }
    }

    static class ConsumesAllLinksOfTheAccount extends LinkKit {
        @Override
        protected OneTimeLinkStore newStore() {
            return new Links() {
                @Override
                public Optional<UUID> consume(SecretHash hash, Instant now) {
                    Optional<UUID> account = super.consume(hash, now);
                    account.ifPresent(id ->
                            links.values().removeIf(link -> link.accountId().equals(id)));
                    return account;
                }
            };
        }
    }

    private abstract static class SessionKit extends WebSessionStoreContract {
        @Override
        protected UUID newAccount() {
            return UUID.randomUUID();
        }
    }

    private abstract static class LinkKit extends OneTimeLinkStoreContract {
        @Override
        protected UUID newAccount() {
            return UUID.randomUUID();
        }
    }

    /** Sessions that work, for one method to be broken. */
    private static class Sessions implements WebSessionStore {
        private final WebSessionStore working = new InMemoryWebSessionStore();

        @Override
        public void create(WebSession session) {
            working.create(session);
        }

        @Override
        public Optional<WebSession> find(SecretHash id, Instant now) {
            return working.find(id, now);
        }

        @Override
        public void end(SecretHash id) {
            working.end(id);
        }

        @Override
        public List<WebSession> list(UUID accountId, Instant now) {
            return working.list(accountId, now);
        }

        @Override
        public void seen(SecretHash id, Instant now) {
            working.seen(id, now);
        }

        @Override
        public boolean end(UUID accountId, SecretHash id) {
            return working.end(accountId, id);
        }

        @Override
        public void endOthers(UUID accountId, SecretHash kept) {
            working.endOthers(accountId, kept);
        }
    }

    private abstract static class Links implements OneTimeLinkStore {
        final Map<SecretHash, OneTimeLink> links = new ConcurrentHashMap<>();

        @Override
        public void save(OneTimeLink link) {
            links.put(link.hash(), link);
        }

        @Override
        public Optional<UUID> consume(SecretHash hash, Instant now) {
            return Optional.ofNullable(links.remove(hash))
                    .filter(link -> now.isBefore(link.expires()))
                    .map(OneTimeLink::accountId);
        }
    }
}
