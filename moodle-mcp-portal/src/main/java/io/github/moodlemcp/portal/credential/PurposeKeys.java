package io.github.moodlemcp.portal.credential;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A 256-bit key for each purpose, derived from the service's secret by HKDF-SHA256 (RFC 5869), so that no key serves
 * two purposes. An older secret may overlap for a while: its keys still recognise what it made. Immutable.
 */
public final class PurposeKeys {
    /** The shortest secret that is taken, in bytes. */
    public static final int MIN_SECRET_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] SALT = "moodle-mcp".getBytes(UTF_8);

    private final List<SecretKey> extracted;

    private PurposeKeys(List<SecretKey> extracted) {
        this.extracted = List.copyOf(extracted);
    }

    /**
     * Derives from {@code current}; the previous secrets, newest first, are still recognised.
     *
     * @throws IllegalArgumentException if a secret has fewer than {@value #MIN_SECRET_BYTES} bytes
     */
    public static PurposeKeys of(String current, String... previous) {
        List<SecretKey> keys = new ArrayList<>();
        keys.add(extract(SALT, checked(current)));
        for (String secret : previous) {
            keys.add(extract(SALT, checked(secret)));
        }
        return new PurposeKeys(keys);
    }

    /** The key that makes new things for this purpose. */
    public SecretKey current(String purpose) {
        return expand(extracted.getFirst(), purpose.getBytes(UTF_8));
    }

    /** The keys that things for this purpose may have been made with, the current one first. */
    public List<SecretKey> accepted(String purpose) {
        return extracted.stream()
                .map(key -> expand(key, purpose.getBytes(UTF_8)))
                .toList();
    }

    /** HMAC-SHA256 of the message. */
    public static byte[] hmac(SecretKey key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    static SecretKey extract(byte[] salt, byte[] secret) {
        return new SecretKeySpec(hmac(new SecretKeySpec(salt, ALGORITHM), secret), ALGORITHM);
    }

    /** The first 32 bytes of HKDF-Expand: one block, whose counter is 1. */
    static SecretKey expand(SecretKey extracted, byte[] purpose) {
        byte[] block = new byte[purpose.length + 1];
        System.arraycopy(purpose, 0, block, 0, purpose.length);
        block[purpose.length] = 1;
        return new SecretKeySpec(hmac(extracted, block), ALGORITHM);
    }

    private static byte[] checked(String secret) {
        byte[] bytes = secret.getBytes(UTF_8);
        if (bytes.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "The secret has fewer than " + MIN_SECRET_BYTES + " bytes. Make one with: openssl rand -base64 48");
        }
        return bytes;
    }
}
