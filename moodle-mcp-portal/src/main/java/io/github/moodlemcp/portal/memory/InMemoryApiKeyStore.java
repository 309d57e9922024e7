package io.github.moodlemcp.portal.memory;

import io.github.moodlemcp.portal.spi.ApiKey;
import io.github.moodlemcp.portal.spi.ApiKeyCreation;
import io.github.moodlemcp.portal.spi.ApiKeyStore;
import io.github.moodlemcp.portal.spi.NewApiKey;
import io.github.moodlemcp.portal.spi.SecretHash;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** API keys in memory. Safe for use by many threads. */
public final class InMemoryApiKeyStore implements ApiKeyStore {
    private final Map<UUID, ApiKey> live = new LinkedHashMap<>();
    private final Map<SecretHash, UUID> byHash = new HashMap<>();
    private final Set<UUID> owners = new HashSet<>();

    @Override
    public synchronized ApiKeyCreation create(NewApiKey key, int limit) {
        if (list(key.accountId()).size() >= limit) {
            return new ApiKeyCreation.LimitReached();
        }
        ApiKey created = new ApiKey(
                UUID.randomUUID(), key.accountId(), key.name(), key.prefix(), key.scopes(), key.created(), null);
        live.put(created.id(), created);
        byHash.put(key.hash(), created.id());
        owners.add(key.accountId());
        return new ApiKeyCreation.Created(created);
    }

    @Override
    public synchronized List<ApiKey> list(UUID accountId) {
        return live.values().stream()
                .filter(key -> key.accountId().equals(accountId))
                .sorted(Comparator.comparing(ApiKey::created))
                .toList();
    }

    @Override
    public synchronized Optional<ApiKey> findLive(SecretHash hash) {
        return Optional.ofNullable(byHash.get(hash)).map(live::get);
    }

    @Override
    public synchronized boolean revoke(UUID accountId, UUID keyId, Instant now) {
        ApiKey key = live.get(keyId);
        if (key == null || !key.accountId().equals(accountId)) {
            return false;
        }
        live.remove(keyId);
        return true;
    }

    @Override
    public synchronized void used(UUID keyId, Instant now) {
        live.computeIfPresent(keyId, (id, key) -> isLater(now, key) ? usedAt(key, now) : key);
    }

    @Override
    public synchronized boolean hasEverHadKey(UUID accountId) {
        return owners.contains(accountId);
    }

    private static boolean isLater(Instant now, ApiKey key) {
        Instant lastUsed = key.lastUsed();
        return lastUsed == null || now.isAfter(lastUsed);
    }

    private static ApiKey usedAt(ApiKey key, Instant now) {
        return new ApiKey(key.id(), key.accountId(), key.name(), key.prefix(), key.scopes(), key.created(), now);
    }
}
