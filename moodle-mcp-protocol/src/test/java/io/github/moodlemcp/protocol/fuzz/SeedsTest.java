package io.github.moodlemcp.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The inputs that the fuzzer begins with, and those it once found a fault with, hold without the fuzzer too. */
class SeedsTest {
    private static final Path RESOURCES = Path.of("src/test/resources/io/github/moodlemcp/protocol/fuzz");

    static List<Path> seeds() {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aSeedHolds(Path seed) throws IOException {
        byte[] input = Files.readAllBytes(seed);
        switch (seed.getParent().getFileName().toString()) {
            case "ofBody" -> Demands.ofBody(input);
            case "ofPost" -> Demands.ofPost(input);
            case "ofExtensionFrame" -> Demands.ofExtensionFrame(input);
            case "ofServiceFrame" -> Demands.ofServiceFrame(input);
            default -> throw new AssertionError("No target reads " + seed);
        }
    }

    @Test
    void everyTargetHasSeeds() {
        assertThat(seeds().stream()
                        .map(seed -> seed.getParent().getFileName().toString())
                        .distinct())
                .hasSize(4);
    }
}
