package io.github.moodlemcp.server.spi;

import static java.util.Objects.requireNonNull;

import io.github.moodlemcp.server.Caller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Accepts one key. It keeps and compares hashes, so that the time tells nothing of the key. */
final class OneKey implements TokenVerifier {
    private static final int MIN_LENGTH = 16;

    private final byte[] hash;
    private final TokenVerification verified;

    OneKey(String key, Caller caller) {
        if (key.length() < MIN_LENGTH) {
            throw new IllegalArgumentException(
                    "The key has " + key.length() + " characters; take " + MIN_LENGTH + " or more, all random");
        }
        hash = sha256(key);
        verified = new TokenVerification.Verified(requireNonNull(caller, "caller"));
    }

    @Override
    public TokenVerification verify(String token) {
        return MessageDigest.isEqual(hash, sha256(token)) ? verified : new TokenVerification.Rejected();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
