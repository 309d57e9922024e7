package io.github.moodlemcp.protocol.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.moodlemcp.protocol.mcp.Classified;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Documents of the greatest length that is read, made to cost as much as can be: each is decoded and classified within 20
 * ms. The code is warm, as it is in a service.
 */
@Tag("fuzz")
class TrapTimesTest {
    private static final int WARM_UP_RUNS = 8;
    private static final String HEAD = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\",\"params\":{";

    @TestFactory
    Stream<DynamicTest> everyTrapIsReadInTime() {
        Map<String, byte[]> traps = traps();
        for (int run = 0; run < WARM_UP_RUNS; run++) {
            traps.values().forEach(TrapTimesTest::read);
        }
        return traps.entrySet().stream()
                .map(trap -> DynamicTest.dynamicTest(trap.getKey(), () -> Demands.fast(() -> read(trap.getValue()))));
    }

    private static Classified read(byte[] document) {
        return Demands.classified(document);
    }

    private static Map<String, byte[]> traps() {
        Map<String, byte[]> traps = new TreeMap<>();
        inArrays()
                .forEach(
                        (name, part) -> traps.put("array of " + name, utf8(HEAD + "\"a\":[" + repeated(part, "0]}}"))));
        inStrings().forEach((name, part) -> traps.put("string of " + name, utf8("\"" + repeated(part, "\""))));
        traps.put("string of bytes that are not UTF-8", ("\"" + repeated("ÿ", "\"")).getBytes(ISO_8859_1));
        traps.put("opening brackets", utf8(repeated("[", "")));
        traps.put("opening objects", utf8(repeated("{\"a\":", "")));
        traps.put("batch of integers", utf8("[" + repeated("0,", "0]")));
        traps.put("batch of notifications", utf8("[" + repeated("{\"jsonrpc\":\"2.0\",\"method\":\"a\"},", "0]")));
        traps.put("one integer", utf8(repeated("9", "")));
        traps.put("one fraction", utf8("0." + repeated("9", "")));
        traps.put("one exponent", utf8("1e" + repeated("9", "")));
        traps.put("white space", utf8(repeated(" ", "0")));
        traps.put("names", names(IntStream.range(0, 90_000).mapToObj(i -> Integer.toString(i, 36))));
        traps.put("names of one hash code in Java", names(words("Aa", "BB")));
        traps.put("names of one hash code in Jackson", names(words("Ab", "BA")));
        return traps;
    }

    private static Map<String, String> inArrays() {
        return Map.of(
                "integers", "0,",
                "integers of 64 digits", "9".repeat(64) + ",",
                "decimals", "0.1,",
                "decimals of 64 digits", "0." + "9".repeat(63) + "e-300,",
                "decimals that are hard to round", "2.2250738585072011e-308,",
                "empty arrays", "[],",
                "empty objects", "{},",
                "empty strings", "\"\",",
                "arrays of 60 levels", "[".repeat(60) + "]".repeat(60) + ",",
                "objects of 60 levels", "{\"\":".repeat(60) + "0" + "}".repeat(60) + ",");
    }

    private static Map<String, String> inStrings() {
        return Map.of(
                "letters", "a",
                "emoji", "😀",
                "replacement characters", "\uFFFD",
                "short escapes", "\\n",
                "backslashes", "\\\\",
                "escapes", "\\u00e4",
                "escaped pairs", "\\ud83d\\ude00",
                "lone surrogates", "\\ud83d");
    }

    private static byte[] names(Stream<String> names) {
        return utf8(names.map("\"%s\":0"::formatted).collect(Collectors.joining(",", HEAD, "}}")));
    }

    /** As many of the part as leave room for the end and for what stands before. */
    private static String repeated(String part, String end) {
        int length = part.getBytes(UTF_8).length;
        return part.repeat((Demands.MAX_LENGTH - end.length() - HEAD.length() - 8) / length) + end;
    }

    /** All words of 14 parts, each the one or the other. */
    private static Stream<String> words(String one, String other) {
        return IntStream.range(0, 1 << 14)
                .mapToObj(bits -> IntStream.range(0, 14)
                        .mapToObj(i -> (bits >> i & 1) == 0 ? one : other)
                        .collect(Collectors.joining()));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
