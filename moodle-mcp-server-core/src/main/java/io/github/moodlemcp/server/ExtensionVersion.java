package io.github.moodlemcp.server;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The version of an extension as browsers compare it: up to four numbers, of which missing ones count as zero.
 *
 * @param numbers the most significant first
 */
record ExtensionVersion(List<Integer> numbers) implements Comparable<ExtensionVersion> {
    private static final int MAX_NUMBERS = 4;
    private static final Pattern FORM = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9}){0,3}");

    ExtensionVersion {
        numbers = List.copyOf(numbers);
    }

    /** Reads a version; empty when the text is none. */
    static Optional<ExtensionVersion> parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        return Optional.of(new ExtensionVersion(
                Arrays.stream(text.split("\\.")).map(Integer::valueOf).toList()));
    }

    @Override
    public int compareTo(ExtensionVersion other) {
        for (int i = 0; i < MAX_NUMBERS; i++) {
            int compared = Integer.compare(number(i), other.number(i));
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    private int number(int index) {
        return index < numbers.size() ? numbers.get(index) : 0;
    }
}
