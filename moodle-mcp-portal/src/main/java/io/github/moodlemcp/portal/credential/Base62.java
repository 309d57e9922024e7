package io.github.moodlemcp.portal.credential;

import java.math.BigInteger;

/** Numbers as digits and letters, most significant first, padded with zeros to a fixed length. */
final class Base62 {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());

    private Base62() {}

    /** The number, not negative, in {@code length} digits, which must suffice. */
    static String encode(BigInteger number, int length) {
        char[] digits = new char[length];
        BigInteger rest = number;
        for (int i = length - 1; i >= 0; i--) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            digits[i] = DIGITS.charAt(parts[1].intValue());
            rest = parts[0];
        }
        if (rest.signum() != 0) {
            throw new IllegalArgumentException("The number does not fit into " + length + " digits");
        }
        return new String(digits);
    }

    /** Whether the text has nothing but digits of this alphabet. */
    static boolean isMadeOfDigits(String text) {
        return text.chars().allMatch(c -> c < 128 && DIGITS.indexOf(c) >= 0);
    }
}
