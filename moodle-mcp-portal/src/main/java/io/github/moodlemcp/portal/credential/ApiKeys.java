package io.github.moodlemcp.portal.credential;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.moodlemcp.portal.spi.ApiKey;
import io.github.moodlemcp.portal.spi.ApiKeyCreation;
import io.github.moodlemcp.portal.spi.ApiKeyStore;
import io.github.moodlemcp.portal.spi.KeyRights;
import io.github.moodlemcp.portal.spi.NewApiKey;
import io.github.moodlemcp.portal.spi.SecretHash;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Makes, recognises and ends API keys.
 *
 * <p>A key is {@code mmcp_}, 43 base62 characters that hold 256 random bits, and 6 that hold their CRC-32, so that a
 * mistyped or cut key is told without a look at the store, and secret scanners can tell a key from noise. The store
 * gets its SHA-256 only. Safe for use by many threads.
 */
public final class ApiKeys {
    /** What every key begins with. */
    public static final String MARK = "mmcp_";

    /** The length of a key's name, in code points, at which it is cut. */
    public static final int MAX_NAME_LENGTH = 60;

    private static final int MAX_CLIENT_LENGTH = 32;
    private static final int RANDOM_BITS = 256;
    private static final int BODY_LENGTH = 43;
    private static final int CHECKSUM_LENGTH = 6;
    private static final int PREFIX_LENGTH = 8;
    private static final int LENGTH = MARK.length() + BODY_LENGTH + CHECKSUM_LENGTH;

    private final ApiKeyStore store;
    private final SecureRandom random;
    private final Clock clock;
    private final int limit;

    /** @param limit how many live keys an account may have */
    public ApiKeys(ApiKeyStore store, SecureRandom random, Clock clock, int limit) {
        this.store = store;
        this.random = random;
        this.clock = clock;
        this.limit = limit;
    }

    /** Makes a key of {@link KeyRights#STANDARD} that counts until it is revoked; the name is tidied and cut, and a blank one becomes "API key". */
    public IssuedKey create(UUID accountId, String name) {
        return create(accountId, name, KeyRights.STANDARD, null);
    }

    /**
     * Makes a key; the name is tidied and cut, and a blank one becomes "API key".
     *
     * @param lifetime how long it counts; null until it is revoked
     */
    public IssuedKey create(UUID accountId, String name, KeyRights rights, @Nullable Duration lifetime) {
        String secret = newSecret();
        Instant now = Instant.now(clock);
        NewApiKey key = new NewApiKey(
                accountId,
                tidied(name),
                prefix(secret),
                SecretHash.of(secret),
                rights,
                now,
                lifetime == null ? null : now.plus(lifetime));
        return switch (store.create(key, limit)) {
            case ApiKeyCreation.Created created -> new IssuedKey.Issued(created.key(), secret);
            case ApiKeyCreation.LimitReached() -> new IssuedKey.LimitReached(limit);
        };
    }

    /** Gives a key a new secret, and ends the old one at once; empty when the account has no such live key. */
    public Optional<IssuedKey.Issued> rotate(UUID accountId, UUID keyId) {
        String secret = newSecret();
        return store.rotate(accountId, keyId, prefix(secret), SecretHash.of(secret), Instant.now(clock))
                .map(key -> new IssuedKey.Issued(key, secret));
    }

    /** Recognises a live key, as {@link #verify(String, String)} does, of a program that says nothing of itself. */
    public Optional<VerifiedKey> verify(String presented) {
        return verify(presented, null);
    }

    /**
     * Recognises a live key and notes its use. The answer is the same for unknown, revoked and expired keys, and takes as
     * long; a malformed one is told by its checksum, which everybody can compute, and costs no look at the store.
     *
     * @param client what the program calls itself, of any length, or null
     */
    public Optional<VerifiedKey> verify(String presented, @Nullable String client) {
        if (!isWellFormed(presented)) {
            return Optional.empty();
        }
        Instant now = Instant.now(clock);
        Optional<ApiKey> found = store.findLive(SecretHash.of(presented), now);
        found.ifPresent(key -> store.used(key.id(), now, nameOf(client)));
        return found.map(key -> new VerifiedKey(key.id(), key.prefix(), key.accountId(), key.rights()));
    }

    /** The live keys of the account, oldest first. */
    public List<ApiKey> list(UUID accountId) {
        return store.list(accountId, Instant.now(clock));
    }

    /**
     * Whether the account has this key, it counts now, and was not renewed.
     *
     * @param prefix as {@link VerifiedKey#prefix()} had it
     */
    public boolean isLive(UUID accountId, UUID keyId, String prefix) {
        return list(accountId).stream()
                .anyMatch(key -> key.id().equals(keyId) && key.prefix().equals(prefix));
    }

    /** Ends the key; false when the account has no such live key. */
    public boolean revoke(UUID accountId, UUID keyId) {
        return store.revoke(accountId, keyId, Instant.now(clock));
    }

    /** Whether the account never had a key. */
    public boolean isFirstFor(UUID accountId) {
        return !store.hasEverHadKey(accountId);
    }

    /** How many live keys an account may have. */
    public int limit() {
        return limit;
    }

    /** Whether the text has a key's form and a right checksum; says nothing about whether it is one. */
    public static boolean isWellFormed(String text) {
        if (text.length() != LENGTH || !text.startsWith(MARK)) {
            return false;
        }
        String body = text.substring(MARK.length(), MARK.length() + BODY_LENGTH);
        return Base62.isMadeOfDigits(body) && text.endsWith(checksum(body));
    }

    private String newSecret() {
        String body = Base62.encode(new BigInteger(RANDOM_BITS, random), BODY_LENGTH);
        return MARK + body + checksum(body);
    }

    private static String prefix(String secret) {
        return secret.substring(MARK.length(), MARK.length() + PREFIX_LENGTH);
    }

    private static @Nullable String nameOf(@Nullable String client) {
        String line = client == null ? "" : oneLine(client);
        return line.isEmpty() ? null : cut(line, MAX_CLIENT_LENGTH);
    }

    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(US_ASCII));
        return Base62.encode(BigInteger.valueOf(crc.getValue()), CHECKSUM_LENGTH);
    }

    private static String tidied(String name) {
        String line = oneLine(name);
        return line.isEmpty() ? "API key" : cut(line, MAX_NAME_LENGTH);
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
    }

    private static String cut(String text, int codePoints) {
        int length = Math.min(codePoints, text.codePointCount(0, text.length()));
        return text.substring(0, text.offsetByCodePoints(0, length)).strip();
    }
}
