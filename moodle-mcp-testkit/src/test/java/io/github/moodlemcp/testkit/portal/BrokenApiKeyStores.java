package io.github.moodlemcp.testkit.portal;

import io.github.moodlemcp.portal.memory.InMemoryApiKeyStore;
import io.github.moodlemcp.portal.spi.ApiKey;
import io.github.moodlemcp.portal.spi.ApiKeyCreation;
import io.github.moodlemcp.portal.spi.ApiKeyStore;
import io.github.moodlemcp.portal.spi.KeyRights;
import io.github.moodlemcp.portal.spi.NewApiKey;
import io.github.moodlemcp.portal.spi.SecretHash;
import io.github.moodlemcp.testkit.Race;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** API key stores with one fault each. */
final class BrokenApiKeyStores {
    private BrokenApiKeyStores() {}

    static class ForgetsTheRights extends Kit {
        @Override
        protected ApiKeyStore newStore() {
            return new Forwarding() {
                @Override
                public ApiKeyCreation create(NewApiKey key, int limit) {
                    return super.create(
                            new NewApiKey(
                                    key.accountId(),
                                    key.name(),
                                    key.prefix(),
                                    key.hash(),
                                    KeyRights.STANDARD,
                                    key.created(),
                                    key.expires()),
                            limit);
                }
            };
        }
    }

    static class CountsBeforeItActs extends Kit {
        @Override
        protected ApiKeyStore newStore() {
            Race race = new Race();
            return new Forwarding() {
                @Override
                public ApiKeyCreation create(NewApiKey key, int limit) {
                    if (list(key.accountId(), key.created()).size() >= limit) {
                        return new ApiKeyCreation.LimitReached();
                    }
                    race.gather();
                    return super.create(key, Integer.MAX_VALUE);
                }
            };
        }
    }

    static class ListsInReverse extends Kit {
        @Override
        protected ApiKeyStore newStore() {
            return new Forwarding() {
                @Override
                public List<ApiKey> list(UUID accountId, Instant now) {
                    return super.list(accountId, now).reversed();
                }
            };
        }
    }

    static class FindsRevokedKeys extends Kit {
        @Override
        protected ApiKeyStore newStore() {
            Map<SecretHash, ApiKey> cache = new ConcurrentHashMap<>();
            return new Forwarding() {
                @Override
                public Optional<ApiKey> findLive(SecretHash hash, Instant now) {
                    return Optional.ofNullable(cache.get(hash));
                }

                @Override
                public ApiKeyCreation create(NewApiKey key, int limit) {
                    ApiKeyCreation creation = super.create(key, limit);
                    super.findLive(key.hash(), key.created()).ifPresent(created -> cache.put(key.hash(), created));
                    return creation;
                }
            };
        }
    }

    static class RevokesForAnybody extends Kit {
        @Override
        protected ApiKeyStore newStore() {
            Map<UUID, UUID> owners = new ConcurrentHashMap<>();
            return new Forwarding() {
                @Override
                public ApiKeyCreation create(NewApiKey key, int limit) {
                    ApiKeyCreation creation = super.create(key, limit);
                    list(key.accountId(), key.created()).forEach(created -> owners.put(created.id(), key.accountId()));
                    return creation;
                }

                @Override
                public boolean revoke(UUID accountId, UUID keyId, Instant now) {
                    return super.revoke(owners.getOrDefault(keyId, accountId), keyId, now);
                }
            };
        }
    }

    static class MovesBackwards extends Kit {
        @Override
        protected ApiKeyStore newStore() {
            Map<UUID, Instant> uses = new ConcurrentHashMap<>();
            return new Forwarding() {
                @Override
                public void used(UUID keyId, Instant now, @Nullable String client) {
                    uses.put(keyId, now);
                }

                @Override
                public List<ApiKey> list(UUID accountId, Instant now) {
                    return super.list(accountId, now).stream()
                            .map(key -> new ApiKey(
                                    key.id(),
                                    key.accountId(),
                                    key.name(),
                                    key.prefix(),
                                    key.rights(),
                                    key.created(),
                                    key.expires(),
                                    uses.get(key.id()),
                                    key.lastClient()))
                            .toList();
                }
            };
        }
    }

    static class ForgetsRevokedKeys extends Kit {
        @Override
        protected ApiKeyStore newStore() {
            return new Forwarding() {
                @Override
                public boolean hasEverHadKey(UUID accountId) {
                    return !list(accountId, Instant.EPOCH).isEmpty();
                }
            };
        }
    }

    static class NeverLetsKeysExpire extends Kit {
        @Override
        protected ApiKeyStore newStore() {
            return new Forwarding() {
                @Override
                public Optional<ApiKey> findLive(SecretHash hash, Instant now) {
                    return super.findLive(hash, Instant.MIN);
                }
            };
        }
    }

    static class KeepsTheOldSecret extends Kit {
        @Override
        protected ApiKeyStore newStore() {
            Map<SecretHash, ApiKey> cache = new ConcurrentHashMap<>();
            return new Forwarding() {
                @Override
                public Optional<ApiKey> findLive(SecretHash hash, Instant now) {
                    Optional<ApiKey> found = super.findLive(hash, now);
                    found.ifPresent(key -> cache.put(hash, key));
                    return found.or(() -> Optional.ofNullable(cache.get(hash)));
                }
            };
        }
    }

    private abstract static class Kit extends ApiKeyStoreContract {
        @Override
        protected UUID newAccount() {
            return UUID.randomUUID();
        }
    }

    private abstract static class Forwarding implements ApiKeyStore {
        private final ApiKeyStore store = new InMemoryApiKeyStore();

        @Override
        public ApiKeyCreation create(NewApiKey key, int limit) {
            return store.create(key, limit);
        }

        @Override
        public List<ApiKey> list(UUID accountId, Instant now) {
            return store.list(accountId, now);
        }

        @Override
        public Optional<ApiKey> findLive(SecretHash hash, Instant now) {
            return store.findLive(hash, now);
        }

        @Override
        public boolean revoke(UUID accountId, UUID keyId, Instant now) {
            return store.revoke(accountId, keyId, now);
        }

        @Override
        public Optional<ApiKey> rotate(UUID accountId, UUID keyId, String prefix, SecretHash hash, Instant now) {
            return store.rotate(accountId, keyId, prefix, hash, now);
        }

        @Override
        public void used(UUID keyId, Instant now, @Nullable String client) {
            store.used(keyId, now, client);
        }

        @Override
        public boolean hasEverHadKey(UUID accountId) {
            return store.hasEverHadKey(accountId);
        }
    }
}
