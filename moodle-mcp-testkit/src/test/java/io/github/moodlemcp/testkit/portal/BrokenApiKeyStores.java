package io.github.moodlemcp.testkit.portal;

import io.github.moodlemcp.portal.memory.InMemoryApiKeyStore;
import io.github.moodlemcp.portal.spi.ApiKey;
import io.github.moodlemcp.portal.spi.ApiKeyCreation;
import io.github.moodlemcp.portal.spi.ApiKeyStore;
import io.github.moodlemcp.portal.spi.NewApiKey;
import io.github.moodlemcp.portal.spi.SecretHash;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** API key stores with one fault each. */
final class BrokenApiKeyStores {
    private BrokenApiKeyStores() {}

    static class ForgetsTheScopes extends Kit {
        @Override
        protected ApiKeyStore newStore() {
            return new Forwarding() {
                @Override
                public ApiKeyCreation create(NewApiKey key, int limit) {
                    return super.create(
                            new NewApiKey(
                                    key.accountId(), key.name(), key.prefix(), key.hash(), Set.of(), key.created()),
                            limit);
                }
            };
        }
    }

    static class CountsBeforeItActs extends Kit {
        @Override
        protected ApiKeyStore newStore() {
            Crowd crowd = new Crowd();
            return new Forwarding() {
                @Override
                public ApiKeyCreation create(NewApiKey key, int limit) {
                    if (list(key.accountId()).size() >= limit) {
                        return new ApiKeyCreation.LimitReached();
                    }
                    crowd.gather();
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
                public List<ApiKey> list(UUID accountId) {
                    return super.list(accountId).reversed();
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
                public Optional<ApiKey> findLive(SecretHash hash) {
                    return Optional.ofNullable(cache.get(hash));
                }

                @Override
                public ApiKeyCreation create(NewApiKey key, int limit) {
                    ApiKeyCreation creation = super.create(key, limit);
                    super.findLive(key.hash()).ifPresent(created -> cache.put(key.hash(), created));
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
                    list(key.accountId()).forEach(created -> owners.put(created.id(), key.accountId()));
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
                public void used(UUID keyId, Instant now) {
                    uses.put(keyId, now);
                }

                @Override
                public List<ApiKey> list(UUID accountId) {
                    return super.list(accountId).stream()
                            .map(key -> new ApiKey(
                                    key.id(),
                                    key.accountId(),
                                    key.name(),
                                    key.prefix(),
                                    key.scopes(),
                                    key.created(),
                                    uses.get(key.id())))
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
                    return !list(accountId).isEmpty();
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
        public List<ApiKey> list(UUID accountId) {
            return store.list(accountId);
        }

        @Override
        public Optional<ApiKey> findLive(SecretHash hash) {
            return store.findLive(hash);
        }

        @Override
        public boolean revoke(UUID accountId, UUID keyId, Instant now) {
            return store.revoke(accountId, keyId, now);
        }

        @Override
        public void used(UUID keyId, Instant now) {
            store.used(keyId, now);
        }

        @Override
        public boolean hasEverHadKey(UUID accountId) {
            return store.hasEverHadKey(accountId);
        }
    }
}
