package io.github.moodlemcp.portal.spi;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The API keys of the accounts.
 *
 * <ol>
 *   <li>KEY-1 A created key is found by its hash and listed for its account, with what it was created with.
 *   <li>KEY-2 An account never has more live keys than the limit, and never fewer are allowed, however many are created
 *       at once; revoked keys do not count.
 *   <li>KEY-3 The list has the live keys of that account only, oldest first.
 *   <li>KEY-4 An unknown hash finds nothing; a revoked key is found no more once {@code revoke} has returned, on any
 *       node.
 *   <li>KEY-5 A key is revoked only for its owner: an unknown, foreign or already revoked one answers false and changes
 *       nothing.
 *   <li>KEY-6 A use is recorded without making the caller wait for a database; it shows within about a minute, and
 *       uses less than a minute apart may be recorded as one. {@code lastUsed} never moves backwards.
 *   <li>KEY-7 {@code hasEverHadKey} stays true after the last key of the account was revoked.
 * </ol>
 */
public interface ApiKeyStore {
    /** Stores the key unless the account has {@code limit} live keys already. */
    ApiKeyCreation create(NewApiKey key, int limit);

    List<ApiKey> list(UUID accountId);

    Optional<ApiKey> findLive(SecretHash hash);

    /** Ends the key; false when the account has no such live key. */
    boolean revoke(UUID accountId, UUID keyId, Instant now);

    /** Notes that the key was used; an unknown key is ignored. */
    void used(UUID keyId, Instant now);

    /** Whether the account has, or once had, a key: who never had one is new here. */
    boolean hasEverHadKey(UUID accountId);
}
