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
import org.jspecify.annotations.Nullable;

/** API keys in memory. Safe for use by many threads. */
public final class InMemoryApiKeyStore implements ApiKeyStore {
    private final Map<UUID, ApiKey> kept = new LinkedHashMap<>();
    private final Map<SecretHash, UUID> byHash = new HashMap<>();
    private final Set<UUID> owners = new HashSet<>();

    @Override
    public synchronized ApiKeyCreation create(NewApiKey key, int limit) {
        if (list(key.accountId(), key.created()).size() >= limit) {
            return new ApiKeyCreation.LimitReached();
        }
        ApiKey created = new ApiKey(
                UUID.randomUUID(),
                key.accountId(),
                key.name(),
                key.prefix(),
                key.rights(),
                key.created(),
                key.expires(),
                null,
                null);
        kept.put(created.id(), created);
        byHash.put(key.hash(), created.id());
        owners.add(key.accountId());
        return new ApiKeyCreation.Created(created);
    }

    @Override
    public synchronized List<ApiKey> list(UUID accountId, Instant now) {
        return kept.values().stream()
                .filter(key -> key.accountId().equals(accountId) && isLive(key, now))
                .sorted(Comparator.comparing(ApiKey::created))
                .toList();
    }

    @Override
    public synchronized Optional<ApiKey> findLive(SecretHash hash, Instant now) {
        return Optional.ofNullable(byHash.get(hash)).map(kept::get).filter(key -> isLive(key, now));
    }

    @Override
    public synchronized boolean revoke(UUID accountId, UUID keyId, Instant now) {
        Optional<ApiKey> key = live(accountId, keyId, now);
        key.ifPresent(found -> {
            kept.remove(keyId);
            byHash.values().remove(keyId);
        });
        return key.isPresent();
    }

    @Override
    public synchronized Optional<ApiKey> rotate(
            UUID accountId, UUID keyId, String prefix, SecretHash hash, Instant now) {
        Optional<ApiKey> rotated =
                live(accountId, keyId, now).map(key -> changed(key, prefix, key.lastUsed(), key.lastClient()));
        rotated.ifPresent(key -> {
            kept.put(keyId, key);
            byHash.values().remove(keyId);
            byHash.put(hash, keyId);
        });
        return rotated;
    }

    @Override
    public synchronized void used(UUID keyId, Instant now, @Nullable String client) {
        kept.computeIfPresent(keyId, (id, key) -> isLater(now, key) ? changed(key, key.prefix(), now, client) : key);
    }

    @Override
    public synchronized boolean hasEverHadKey(UUID accountId) {
        return owners.contains(accountId);
    }

    private Optional<ApiKey> live(UUID accountId, UUID keyId, Instant now) {
        return Optional.ofNullable(kept.get(keyId))
                .filter(key -> key.accountId().equals(accountId) && isLive(key, now));
    }

    private static boolean isLive(ApiKey key, Instant now) {
        Instant expires = key.expires();
        return expires == null || now.isBefore(expires);
    }

    private static boolean isLater(Instant now, ApiKey key) {
        Instant lastUsed = key.lastUsed();
        return lastUsed == null || now.isAfter(lastUsed);
    }

    private static ApiKey changed(ApiKey key, String prefix, @Nullable Instant lastUsed, @Nullable String lastClient) {
        return new ApiKey(
                key.id(),
                key.accountId(),
                key.name(),
                prefix,
                key.rights(),
                key.created(),
                key.expires(),
                lastUsed,
                lastClient);
    }
}
