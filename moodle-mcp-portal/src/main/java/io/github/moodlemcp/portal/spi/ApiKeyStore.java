package io.github.moodlemcp.portal.spi;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The API keys of the accounts.
 *
 * <ol>
 *   <li>KEY-1 A created key is found by its hash and listed for its account, with what it was created with.
 *   <li>KEY-2 An account never has more live keys than the limit, and never fewer are allowed, however many are created
 *       at once; keys that were revoked or have expired when the new one is created do not count.
 *   <li>KEY-3 The list has the live keys of that account only, oldest first.
 *   <li>KEY-4 An unknown hash finds nothing; a revoked key is found no more once {@code revoke} has returned, on any
 *       node.
 *   <li>KEY-5 A key is revoked only for its owner: an unknown, foreign or already revoked one answers false and changes
 *       nothing.
 *   <li>KEY-6 A use is recorded without making the caller wait for a database; it shows within about a minute, and
 *       uses less than a minute apart may be recorded as one. {@code lastUsed} never moves backwards.
 *   <li>KEY-7 {@code hasEverHadKey} stays true after the last key of the account was revoked.
 *   <li>KEY-8 A key is live until the instant it expires, and from then on neither found nor listed, revoked or rotated.
 *   <li>KEY-9 Rotating gives a live key of the account another secret at once: it is found by the new hash and by the old one
 *       no more, and all else stays. For any other key nothing changes.
 * </ol>
 */
public interface ApiKeyStore {
    /** Stores the key unless the account has {@code limit} live keys already. */
    ApiKeyCreation create(NewApiKey key, int limit);

    /** The keys of the account that are live at that time. */
    List<ApiKey> list(UUID accountId, Instant now);

    /** The key with this hash, if it is live at that time. */
    Optional<ApiKey> findLive(SecretHash hash, Instant now);

    /** Ends the key; false when the account has no such live key. */
    boolean revoke(UUID accountId, UUID keyId, Instant now);

    /** Gives the key another secret; empty when the account has no such live key. */
    Optional<ApiKey> rotate(UUID accountId, UUID keyId, String prefix, SecretHash hash, Instant now);

    /**
     * Notes that the key was used; an unknown key is ignored.
     *
     * @param client what the program calls itself, at most 32 characters; null when it says nothing
     */
    void used(UUID keyId, Instant now, @Nullable String client);

    /** Whether the account has, or once had, a key: who never had one is new here. */
    boolean hasEverHadKey(UUID accountId);
}
