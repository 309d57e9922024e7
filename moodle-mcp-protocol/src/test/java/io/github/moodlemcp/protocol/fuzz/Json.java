package io.github.moodlemcp.protocol.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Random JSON, as the codec reads it: integers in their smallest type, decimals as they were sent, no lone surrogates. */
final class Json {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MAX_DEPTH = 4;
    private static final int MAX_BITS = 212; // 10^64 has 213
    private static final List<String> AWKWARD_TEXTS =
            List.of("", "\0", "\"", "\\", "\\u0041", "\u2028", "\uFEFF", "\uFFFD", "\uFFFF", "👩‍👩‍👧", "__proto__");
    private static final List<BigInteger> AWKWARD_INTEGERS = List.of(
            BigInteger.ZERO,
            BigInteger.ONE.negate(),
            BigInteger.valueOf(Integer.MIN_VALUE),
            BigInteger.valueOf(Long.MIN_VALUE),
            BigInteger.valueOf(Long.MAX_VALUE),
            BigInteger.TWO.pow(63),
            BigInteger.TEN.pow(64).subtract(BigInteger.ONE));
    private static final List<BigDecimal> AWKWARD_DECIMALS = Stream.of(
                    "0.0",
                    "1.0",
                    "1.50",
                    "1E+2",
                    "-1E+400",
                    "1E-400",
                    "0E-7",
                    "9007199254740993.1",
                    "0." + "9".repeat(64))
            .map(BigDecimal::new)
            .toList();

    private Json() {}

    static JsonNode value(Random random) {
        return value(random, MAX_DEPTH);
    }

    static ObjectNode object(Random random) {
        return object(random, MAX_DEPTH);
    }

    /** Any characters, the awkward ones more often. */
    static String text(Random random, int maxLength) {
        String text = switch (random.nextInt(3)) {
            case 0 -> AWKWARD_TEXTS.get(random.nextInt(AWKWARD_TEXTS.size()));
            case 1 -> chars(random, maxLength, 0x80);
            default -> chars(random, maxLength, 0x10000);
        };
        // Each lone surrogate becomes a question mark.
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static String chars(Random random, int maxLength, int bound) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(maxLength + 1); i > 0; i--) {
            text.append((char) random.nextInt(bound));
        }
        return text.toString();
    }

    private static JsonNode value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 7)) {
            case 0 -> random.nextInt(3) == 0 ? NODES.nullNode() : NODES.booleanNode(random.nextBoolean());
            case 1 -> NODES.textNode(text(random, 40));
            case 2 -> integer(random);
            case 3 -> decimal(random);
            case 4 -> array(random, depth - 1);
            default -> object(random, depth - 1);
        };
    }

    private static ArrayNode array(Random random, int depth) {
        ArrayNode array = NODES.arrayNode();
        for (int i = random.nextInt(5); i > 0; i--) {
            array.add(value(random, depth));
        }
        return array;
    }

    private static ObjectNode object(Random random, int depth) {
        ObjectNode object = NODES.objectNode();
        for (int i = random.nextInt(5); i > 0; i--) {
            object.set(text(random, 20), value(random, depth));
        }
        return object;
    }

    private static JsonNode integer(Random random) {
        BigInteger value = switch (random.nextInt(3)) {
            case 0 -> AWKWARD_INTEGERS.get(random.nextInt(AWKWARD_INTEGERS.size()));
            case 1 -> BigInteger.valueOf(random.nextInt());
            default -> new BigInteger(random.nextInt(MAX_BITS), random);
        };
        if (value.bitLength() < Integer.SIZE) {
            return NODES.numberNode(value.intValue());
        }
        return value.bitLength() < Long.SIZE ? NODES.numberNode(value.longValue()) : NODES.numberNode(value);
    }

    /** With a fraction or an exponent; without, it would be read as an integer. */
    private static JsonNode decimal(Random random) {
        double value = random.nextBoolean() ? random.nextGaussian() : Double.longBitsToDouble(random.nextLong());
        BigDecimal decimal = Double.isFinite(value) ? new BigDecimal(Double.toString(value)) : BigDecimal.ZERO;
        return NODES.numberNode(
                decimal.scale() == 0 ? AWKWARD_DECIMALS.get(random.nextInt(AWKWARD_DECIMALS.size())) : decimal);
    }
}
