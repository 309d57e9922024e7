package io.github.moodlemcp.protocol.jsonrpc;

/**
 * Finds and mends lone surrogates in JSON text: halves of a character that stand without their other half, as a text cut
 * by length may end with. They have no form in UTF-8, and many readers of JSON refuse them.
 *
 * <p>A surrogate counts whether it stands in the text itself or as an escape such as {@code \}{@code ud83d}.
 */
final class Surrogates {
    private static final int ESCAPE_LENGTH = 6;
    private static final String REPLACEMENT = "\uFFFD";
    private static final String ESCAPED_REPLACEMENT = "\\ufffd";

    private Surrogates() {}

    /** Whether every surrogate of the text is one of a pair. */
    static boolean arePaired(String json) {
        return indexOfLone(json, 0) < 0;
    }

    /** The text with U+FFFD in place of each lone surrogate; the same text when there is none. */
    static String mend(String json) {
        int index = indexOfLone(json, 0);
        if (index < 0) {
            return json;
        }
        char[] mended = json.toCharArray();
        while (index >= 0) {
            String replacement = mended[index] == '\\' ? ESCAPED_REPLACEMENT : REPLACEMENT;
            replacement.getChars(0, replacement.length(), mended, index);
            index = indexOfLone(json, index + replacement.length());
        }
        return new String(mended);
    }

    /** The index of the first lone surrogate, or of the first character of its escape; -1 when there is none. */
    private static int indexOfLone(String json, int from) {
        int length = json.length();
        int index = from;
        while (index < length) {
            char c = json.charAt(index);
            if (c == '\\') {
                int escaped = escapedSurrogate(json, index);
                if (escaped == 0) {
                    index += 2;
                } else if (Character.isHighSurrogate((char) escaped)
                        && Character.isLowSurrogate((char) escapedSurrogate(json, index + ESCAPE_LENGTH))) {
                    index += 2 * ESCAPE_LENGTH;
                } else {
                    return index;
                }
            } else if (!Character.isSurrogate(c)) {
                index++;
            } else if (index + 1 < length && Character.isSurrogatePair(c, json.charAt(index + 1))) {
                index += 2;
            } else {
                return index;
            }
        }
        return -1;
    }

    /** The surrogate whose escape begins at the index; 0 when something else does. */
    private static int escapedSurrogate(String json, int index) {
        if (index + ESCAPE_LENGTH > json.length() || json.charAt(index) != '\\' || json.charAt(index + 1) != 'u') {
            return 0;
        }
        int value = 0;
        for (int i = index + 2; i < index + ESCAPE_LENGTH; i++) {
            int digit = Character.digit(json.charAt(i), 16);
            if (digit < 0) {
                return 0;
            }
            value = value << 4 | digit;
        }
        return Character.isSurrogate((char) value) ? value : 0;
    }
}
