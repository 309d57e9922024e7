package io.github.moodlemcp.distribution.store;

import static io.github.moodlemcp.distribution.store.schema.Tables.API_KEYS;
import static io.github.moodlemcp.distribution.store.schema.Tables.USERS;
import static org.jooq.impl.DSL.val;

import io.github.moodlemcp.distribution.store.schema.tables.records.ApiKeysRecord;
import io.github.moodlemcp.portal.spi.ApiKey;
import io.github.moodlemcp.portal.spi.ApiKeyCreation;
import io.github.moodlemcp.portal.spi.ApiKeyStore;
import io.github.moodlemcp.portal.spi.KeyRights;
import io.github.moodlemcp.portal.spi.NewApiKey;
import io.github.moodlemcp.portal.spi.SecretHash;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** The API keys, in {@code api_keys}. */
final class JooqApiKeyStore implements ApiKeyStore {
    private final DSLContext database;
    private final LatestTimes uses = new LatestTimes(this::writeUses);
    /** What used each key last, until it is written together with the time. */
    private final Map<UUID, Optional<String>> clients = new ConcurrentHashMap<>();

    JooqApiKeyStore(DSLContext database) {
        this.database = database;
    }

    @Override
    public ApiKeyCreation create(NewApiKey key, int limit) {
        return database.transactionResult(transaction -> {
            DSLContext dsl = transaction.dsl();
            // The owner's row makes those who create a key for the same account wait for each other.
            dsl.select(USERS.ID)
                    .from(USERS)
                    .where(USERS.ID.eq(key.accountId()))
                    .forUpdate()
                    .fetch();
            int live = dsl.fetchCount(
                    API_KEYS, API_KEYS.USER_ID.eq(key.accountId()).and(isLive(key.created())));
            return live < limit ? new ApiKeyCreation.Created(insert(dsl, key)) : new ApiKeyCreation.LimitReached();
        });
    }

    @Override
    public List<ApiKey> list(UUID accountId, Instant now) {
        return database.selectFrom(API_KEYS)
                .where(API_KEYS.USER_ID.eq(accountId))
                .and(isLive(now))
                .orderBy(API_KEYS.CREATED_AT, API_KEYS.ID)
                .fetch(JooqApiKeyStore::apiKey);
    }

    @Override
    public Optional<ApiKey> findLive(SecretHash hash, Instant now) {
        return database.selectFrom(API_KEYS)
                .where(API_KEYS.KEY_HASH.eq(hash.bytes()))
                .and(isLive(now))
                .fetchOptional(JooqApiKeyStore::apiKey);
    }

    @Override
    public boolean revoke(UUID accountId, UUID keyId, Instant now) {
        return database.update(API_KEYS)
                        .set(API_KEYS.REVOKED_AT, Rows.time(now))
                        .where(API_KEYS.ID.eq(keyId))
                        .and(API_KEYS.USER_ID.eq(accountId))
                        .and(isLive(now))
                        .execute()
                == 1;
    }

    @Override
    public Optional<ApiKey> rotate(UUID accountId, UUID keyId, String prefix, SecretHash hash, Instant now) {
        return database.update(API_KEYS)
                .set(API_KEYS.KEY_PREFIX, prefix)
                .set(API_KEYS.KEY_HASH, hash.bytes())
                .where(API_KEYS.ID.eq(keyId))
                .and(API_KEYS.USER_ID.eq(accountId))
                .and(isLive(now))
                .returning()
                .fetchOptional(JooqApiKeyStore::apiKey);
    }

    @Override
    public void used(UUID keyId, Instant now, @Nullable String client) {
        clients.put(keyId, Optional.ofNullable(client));
        uses.note(keyId, Rows.time(now));
    }

    @Override
    public boolean hasEverHadKey(UUID accountId) {
        return database.fetchExists(API_KEYS, API_KEYS.USER_ID.eq(accountId));
    }

    /** Writes the uses that were noted since the last time. */
    void writeTimes() {
        uses.write();
    }

    private void writeUses(Map<UUID, Instant> times) {
        database.batch(times.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(use -> database.update(API_KEYS)
                                .set(API_KEYS.LAST_USED_AT, use.getValue())
                                .set(API_KEYS.LAST_CLIENT, client(use.getKey()))
                                .where(API_KEYS.ID.eq(use.getKey()))
                                .and(API_KEYS.LAST_USED_AT.isNull().or(API_KEYS.LAST_USED_AT.lt(use.getValue()))))
                        .toList())
                .execute();
    }

    /** What used the key last; as it is, when nothing was noted since the last time. */
    private Field<String> client(UUID keyId) {
        Optional<String> noted = clients.remove(keyId);
        return noted == null ? API_KEYS.LAST_CLIENT : val(noted.orElse(null), API_KEYS.LAST_CLIENT);
    }

    private static Condition isLive(Instant now) {
        return API_KEYS.REVOKED_AT.isNull().and(API_KEYS.EXPIRES_AT.isNull().or(API_KEYS.EXPIRES_AT.gt(now)));
    }

    private static ApiKey insert(DSLContext dsl, NewApiKey key) {
        return dsl.insertInto(API_KEYS)
                .set(API_KEYS.ID, UUID.randomUUID())
                .set(API_KEYS.USER_ID, key.accountId())
                .set(API_KEYS.NAME, key.name())
                .set(API_KEYS.KEY_PREFIX, key.prefix())
                .set(API_KEYS.KEY_HASH, key.hash().bytes())
                .set(API_KEYS.SCOPES, array(key.rights().scopes()))
                .set(API_KEYS.TOOLSETS, array(key.rights().toolsets()))
                .set(API_KEYS.READ_ONLY, key.rights().readOnly())
                .set(API_KEYS.CREATED_AT, Rows.time(key.created()))
                .set(API_KEYS.EXPIRES_AT, key.expires() == null ? null : Rows.time(key.expires()))
                .returning()
                .fetchSingle(JooqApiKeyStore::apiKey);
    }

    private static String[] array(Set<String> words) {
        return words.stream().sorted().toArray(String[]::new);
    }

    private static ApiKey apiKey(ApiKeysRecord row) {
        return new ApiKey(
                row.getId(),
                row.getUserId(),
                row.getName(),
                row.getKeyPrefix(),
                new KeyRights(Set.of(row.getScopes()), Set.of(row.getToolsets()), row.getReadOnly()),
                row.getCreatedAt(),
                row.getExpiresAt(),
                row.getLastUsedAt(),
                row.getLastClient());
    }
}
