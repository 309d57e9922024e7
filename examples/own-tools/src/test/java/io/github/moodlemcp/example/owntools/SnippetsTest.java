package io.github.moodlemcp.example.owntools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The Java that the documentation shows is code of this example. A block of it follows a comment with the name of its file,
 * {@code <!-- Canteens.java -->}, and stands there line by line; how far it is indented does not matter, and a line
 * {@code …} stands for what is left out.
 */
final class SnippetsTest {
    private static final Path REPOSITORY = Path.of("../..");
    private static final Path SOURCES = Path.of("src/main/java/io/github/moodlemcp/example/owntools");
    private static final Pattern SNIPPET =
            Pattern.compile("<!-- (\\w+\\.java) -->\\n+```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern JAVA = Pattern.compile("```java\\n");
    private static final String LEFT_OUT = "…";

    @TestFactory
    Stream<DynamicTest> showCodeThatRuns() {
        return Stream.of("README.md", "docs/how-to/embed.md")
                .map(page -> dynamicTest(page, () -> check(Files.readString(REPOSITORY.resolve(page)))));
    }

    private static void check(String page) throws IOException {
        List<MatchResult> snippets = SNIPPET.matcher(page).results().toList();
        assertThat(snippets).isNotEmpty().hasSize((int)
                JAVA.matcher(page).results().count());
        for (MatchResult snippet : snippets) {
            List<String> source = stripped(Files.readString(SOURCES.resolve(snippet.group(1))));
            for (String part : snippet.group(2).split("(?m)^ *" + LEFT_OUT + "\\n")) {
                assertThat(source).as(snippet.group(1)).containsSequence(stripped(part));
            }
        }
    }

    private static List<String> stripped(String text) {
        return text.lines().map(String::strip).toList();
    }
}
