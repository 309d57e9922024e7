package io.github.moodlemcp.distribution.canary;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks for canaries in all their forms. */
final class Search {
    private static final int AROUND = 160;

    private final List<String> findings = new ArrayList<>();
    private final Map<Canary, Map<String, String>> forms = new LinkedHashMap<>();

    Search(Collection<Canary> canaries) {
        canaries.forEach(canary -> forms.put(canary, canary.forms()));
    }

    /** Which canaries stand in a text, each with its form, the place and what stands before it. */
    static List<String> in(Collection<Canary> canaries, String place, String text) {
        Search search = new Search(canaries);
        search.text(place, text);
        return search.findings();
    }

    void text(String place, String text) {
        bytes(place, text.getBytes(UTF_8));
    }

    void bytes(String place, byte[] bytes) {
        String text = new String(bytes, ISO_8859_1);
        forms.forEach((canary, all) -> all.forEach((form, value) -> {
            int at = text.indexOf(value);
            if (at >= 0) {
                findings.add(canary.name() + " (" + form + ") in " + place + ": …" + around(text, at));
            }
        }));
    }

    List<String> findings() {
        return List.copyOf(findings);
    }

    private static String around(String text, int at) {
        return text.substring(Math.max(0, at - AROUND), Math.min(text.length(), at + AROUND))
                .replaceAll("\\p{Cntrl}+", " ");
    }
}
