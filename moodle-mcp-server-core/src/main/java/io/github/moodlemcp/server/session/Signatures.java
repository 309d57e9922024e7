package io.github.moodlemcp.server.session;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs what leaves for one purpose and recognises it when it comes back, as {@code payload.signature} in base64url. Safe
 * for use by many threads.
 *
 * <p>The signature is the first half of HMAC-SHA256 (RFC 2104, section 5). Each purpose has a key of its own, so that what
 * was signed for one is worthless for another.
 */
public final class Signatures {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SIGNATURE_BYTES = 16;

    private final List<SecretKeySpec> keys;

    /**
     * @param secrets the first one signs, all of them recognise; at least one, each of 32 bytes or more
     * @param purpose what is signed, such as {@code mcp-session}
     */
    public Signatures(List<byte[]> secrets, String purpose) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("There must be a secret to sign with");
        }
        byte[] name = purpose.getBytes(StandardCharsets.UTF_8);
        keys = secrets.stream()
                .map(secret -> new SecretKeySpec(hmac(new SecretKeySpec(secret, ALGORITHM), name), ALGORITHM))
                .toList();
    }

    /** The payload and its signature, in letters, digits, {@code -}, {@code _} and one dot. */
    public String sign(byte[] payload) {
        return signed(keys.getFirst(), payload);
    }

    /** The payload, if the text is, letter by letter, one that {@link #sign} made with a secret that is still recognised. */
    public Optional<byte[]> open(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        try {
            byte[] payload = Base64.getUrlDecoder().decode(text.substring(0, dot));
            byte[] given = text.getBytes(StandardCharsets.UTF_8);
            // Compared as text, because base64 has several ways to write the same bytes.
            return keys.stream()
                            .anyMatch(key ->
                                    MessageDigest.isEqual(signed(key, payload).getBytes(StandardCharsets.UTF_8), given))
                    ? Optional.of(payload)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String signed(SecretKeySpec key, byte[] payload) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString(payload) + "." + base64.encodeToString(signature(key, payload));
    }

    private static byte[] signature(SecretKeySpec key, byte[] payload) {
        return Arrays.copyOf(hmac(key, payload), SIGNATURE_BYTES);
    }

    private static byte[] hmac(SecretKeySpec key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }
}
