package io.github.moodlemcp.portal.oauth;

import static java.lang.Character.UnicodeScript.COMMON;
import static java.lang.Character.UnicodeScript.INHERITED;
import static java.lang.Character.UnicodeScript.LATIN;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes names that strangers chose for themselves fit to be shown. */
final class ClientNames {
    private static final int MAX_LENGTH = 60;
    private static final Pattern UNSHOWN = Pattern.compile("[\\p{C}\\p{Z}\\s\\u115F\\u1160\\u3164\\uFFA0]+");
    private static final Pattern HEAPED_MARKS = Pattern.compile("(\\p{M}{2})\\p{M}+");

    /** Scripts with letters that look like Latin ones. */
    private static final Set<UnicodeScript> LOOKALIKES =
            Set.of(UnicodeScript.CYRILLIC, UnicodeScript.GREEK, UnicodeScript.CHEROKEE, UnicodeScript.ARMENIAN);

    private ClientNames() {}

    /**
     * The name in composed form on one line, without characters that are not seen or that turn the direction of text, at
     * most {@value #MAX_LENGTH} characters.
     */
    static String cleaned(@Nullable String name) {
        String composed = Normalizer.normalize(name == null ? "" : name, Normalizer.Form.NFC);
        String shown = UNSHOWN.matcher(composed).replaceAll(" ").strip();
        String plain = HEAPED_MARKS.matcher(shown).replaceAll("$1");
        if (plain.isEmpty()) {
            return "An app without a name";
        }
        int end = Math.min(plain.length(), MAX_LENGTH);
        boolean cutsPair = end < plain.length() && Character.isLowSurrogate(plain.charAt(end));
        return plain.substring(0, cutsPair ? end - 1 : end).strip();
    }

    /** Whether the name mixes Latin letters with those of a script that has lookalikes of them. */
    static boolean mixesAlphabets(String name) {
        Set<UnicodeScript> scripts = name.codePoints()
                .mapToObj(UnicodeScript::of)
                .filter(script -> script != COMMON && script != INHERITED)
                .collect(Collectors.toSet());
        return scripts.contains(LATIN) && scripts.stream().anyMatch(LOOKALIKES::contains);
    }
}
