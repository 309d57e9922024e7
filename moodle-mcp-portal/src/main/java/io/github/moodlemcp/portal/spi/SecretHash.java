package io.github.moodlemcp.portal.spi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The SHA-256 of a secret that has at least 128 random bits; all that a store ever sees of the secret.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record SecretHash(String hex) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    public SecretHash {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("A secret's hash is 64 lower-case hexadecimal digits");
        }
    }

    /** The hash of the secret's UTF-8 form. */
    public static SecretHash of(String secret) {
        return ofBytes(sha256().digest(secret.getBytes(UTF_8)));
    }

    /** The hash that these 32 bytes are. */
    public static SecretHash ofBytes(byte[] hash) {
        return new SecretHash(HexFormat.of().formatHex(hash));
    }

    /** The hash as 32 bytes, a copy. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
