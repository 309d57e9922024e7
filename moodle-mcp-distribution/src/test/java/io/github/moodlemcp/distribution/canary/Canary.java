package io.github.moodlemcp.distribution.canary;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A text that must not be left behind, and the forms in which it could be.
 *
 * @param name what it is, such as {@code API key}
 * @param text at least 12 characters; of a random secret a piece from its middle, so that a cut one is found too
 */
record Canary(String name, String text) {
    private static final int PIECE_FROM = 14;
    private static final int PIECE = 24;
    private static final int SHORTEST = 12;

    Canary {
        requireNonNull(name, "name");
        if (text.length() < SHORTEST) {
            throw new IllegalArgumentException(name + " is too short to be looked for");
        }
    }

    /** A random secret, of at least 38 characters that no form but base64 and hex changes. */
    static Canary secret(String name, String secret) {
        return new Canary(name, secret.substring(PIECE_FROM, PIECE_FROM + PIECE));
    }

    /** A signed token, whose signature makes it one: the rest of it is known to everybody. */
    static Canary token(String name, String token) {
        return secret(name, token.substring(token.lastIndexOf('.') + 1));
    }

    /**
     * Each form by its name, as the characters of its bytes in ISO 8859-1: so text and files of any kind are looked through
     * alike.
     */
    Map<String, String> forms() {
        byte[] bytes = text.getBytes(UTF_8);
        Map<String, String> forms = new LinkedHashMap<>();
        forms.put("plain", text);
        forms.put("url", URLEncoder.encode(text, UTF_8));
        forms.put("url with %20", URLEncoder.encode(text, UTF_8).replace("+", "%20"));
        forms.put("url in small letters", lowerEscapes(URLEncoder.encode(text, UTF_8)));
        forms.put("json", new String(JsonStringEncoder.getInstance().quoteAsString(text)));
        forms.put(
                "json in ascii",
                ascii(new String(JsonStringEncoder.getInstance().quoteAsString(text))));
        forms.put(
                "html",
                text.replace("&", "&amp;")
                        .replace("\"", "&quot;")
                        .replace("<", "&lt;")
                        .replace("'", "&#39;"));
        forms.put("hex", HexFormat.of().formatHex(bytes));
        forms.put("HEX", HexFormat.of().withUpperCase().formatHex(bytes));
        for (int before = 0; before < 3; before++) {
            forms.put("base64 after " + before, base64(Base64.getEncoder(), bytes, before));
            forms.put("base64url after " + before, base64(Base64.getUrlEncoder(), bytes, before));
        }
        forms.replaceAll((form, value) -> new String(value.getBytes(UTF_8), ISO_8859_1));
        Set<String> seen = new HashSet<>();
        forms.values().removeIf(value -> !seen.add(value));
        return forms;
    }

    /** The characters that are the same whatever stands around the bytes, when so many bytes of others stand before them. */
    private static String base64(Base64.Encoder encoder, byte[] bytes, int before) {
        byte[] shifted = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, shifted, before, bytes.length);
        int from = (before * 8 + 5) / 6;
        int to = shifted.length * 8 / 6;
        return encoder.withoutPadding().encodeToString(shifted).substring(from, to);
    }

    private static String lowerEscapes(String encoded) {
        StringBuilder lower = new StringBuilder(encoded);
        for (int i = lower.indexOf("%"); i >= 0; i = lower.indexOf("%", i + 1)) {
            lower.replace(i, i + 3, lower.substring(i, i + 3).toLowerCase(Locale.ROOT));
        }
        return lower.toString();
    }

    private static String ascii(String json) {
        StringBuilder ascii = new StringBuilder();
        json.chars()
                .forEach(unit -> ascii.append(unit < 128 ? String.valueOf((char) unit) : "\\u%04x".formatted(unit)));
        return ascii.toString();
    }
}
