package io.github.moodlemcp.server.moodle;

import static java.util.Objects.requireNonNull;

import java.text.Normalizer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A value that may be what a person is typing.
 *
 * @param value what the person gets
 * @param names what it is called besides
 */
record Proposal(String value, List<String> names) {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    Proposal {
        requireNonNull(value, "value");
        names = List.copyOf(names);
    }

    /** The values that fit, best first and otherwise in the given order. */
    static List<String> fitting(List<Proposal> proposals, String typed) {
        String folded = folded(typed);
        return proposals.stream()
                .flatMap(proposal -> proposal.fit(folded).map(fit -> new Fitting(proposal.value(), fit)).stream())
                .sorted(Comparator.comparing(Fitting::fit))
                .map(Fitting::value)
                .distinct()
                .toList();
    }

    /** How well a proposal fits, best first. */
    private enum Fit {
        WHOLE,
        BEGINNING,
        WORDS,
        INSIDE
    }

    private record Fitting(String value, Fit fit) {}

    private Optional<Fit> fit(String typed) {
        return Stream.concat(Stream.of(value), names.stream())
                .map(Proposal::folded)
                .flatMap(text -> fit(text, typed).stream())
                .min(Comparator.naturalOrder());
    }

    private static Optional<Fit> fit(String text, String typed) {
        if (!typed.isEmpty() && text.equals(typed)) {
            return Optional.of(Fit.WHOLE);
        }
        if (text.startsWith(typed)) {
            return Optional.of(Fit.BEGINNING);
        }
        List<String> words = BETWEEN_WORDS.splitAsStream(text).toList();
        boolean eachBegins = BETWEEN_WORDS
                .splitAsStream(typed)
                .filter(part -> !part.isEmpty())
                .allMatch(part -> words.stream().anyMatch(word -> word.startsWith(part)));
        if (eachBegins && !BETWEEN_WORDS.matcher(typed).matches()) {
            return Optional.of(Fit.WORDS);
        }
        return text.contains(typed) ? Optional.of(Fit.INSIDE) : Optional.empty();
    }

    /** The text without what people leave out when they type: case, accents and outer spaces. */
    private static String folded(String text) {
        String bare =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
        return bare.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).strip();
    }
}
