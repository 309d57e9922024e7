package io.github.moodlemcp.portal.credential;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.moodlemcp.portal.spi.ApiKey;
import io.github.moodlemcp.portal.spi.ApiKeyCreation;
import io.github.moodlemcp.portal.spi.ApiKeyStore;
import io.github.moodlemcp.portal.spi.NewApiKey;
import io.github.moodlemcp.portal.spi.SecretHash;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.zip.CRC32;

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

    private static final int RANDOM_BITS = 256;
    private static final int BODY_LENGTH = 43;
    private static final int CHECKSUM_LENGTH = 6;
    private static final int PREFIX_LENGTH = 8;
    private static final int LENGTH = MARK.length() + BODY_LENGTH + CHECKSUM_LENGTH;

    private final ApiKeyStore store;
    private final SecureRandom random;
    private final Clock clock;
    private final int limit;
    private final Set<String> scopes;

    /**
     * @param limit how many live keys an account may have
     * @param scopes what new keys allow
     */
    public ApiKeys(ApiKeyStore store, SecureRandom random, Clock clock, int limit, Set<String> scopes) {
        this.store = store;
        this.random = random;
        this.clock = clock;
        this.limit = limit;
        this.scopes = Set.copyOf(scopes);
    }

    /** Makes a key; the name is tidied and cut, and a blank one becomes "API key". */
    public IssuedKey create(UUID accountId, String name) {
        String secret = newSecret();
        String prefix = secret.substring(MARK.length(), MARK.length() + PREFIX_LENGTH);
        NewApiKey key =
                new NewApiKey(accountId, tidied(name), prefix, SecretHash.of(secret), scopes, Instant.now(clock));
        return switch (store.create(key, limit)) {
            case ApiKeyCreation.Created created -> new IssuedKey.Issued(created.key(), secret);
            case ApiKeyCreation.LimitReached() -> new IssuedKey.LimitReached(limit);
        };
    }

    /** Recognises a live key and notes its use; the answer is the same for unknown, malformed and revoked ones. */
    public Optional<VerifiedKey> verify(String presented) {
        if (!isWellFormed(presented)) {
            return Optional.empty();
        }
        Optional<ApiKey> found = store.findLive(SecretHash.of(presented));
        found.ifPresent(key -> store.used(key.id(), Instant.now(clock)));
        return found.map(key -> new VerifiedKey(key.id(), key.accountId(), key.scopes()));
    }

    /** The live keys of the account, oldest first. */
    public List<ApiKey> list(UUID accountId) {
        return store.list(accountId);
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

    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(US_ASCII));
        return Base62.encode(BigInteger.valueOf(crc.getValue()), CHECKSUM_LENGTH);
    }

    private static String tidied(String name) {
        String oneLine = name.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
        if (oneLine.isEmpty()) {
            return "API key";
        }
        int length = Math.min(MAX_NAME_LENGTH, oneLine.codePointCount(0, oneLine.length()));
        return oneLine.substring(0, oneLine.offsetByCodePoints(0, length)).strip();
    }
}
