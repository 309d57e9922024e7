package io.github.moodlemcp.portal.page;

import io.github.moodlemcp.portal.spi.KeyRights;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A toolset as the dashboard offers it.
 *
 * @param words what its tools do
 * @param chosen whether a new key has it unless its owner says otherwise
 */
public record Toolset(String name, String words, boolean chosen) {
    static List<Toolset> all() {
        return KeyRights.TOOLSETS.stream()
                .map(name -> new Toolset(
                        name, words(name), KeyRights.STANDARD.toolsets().contains(name)))
                .toList();
    }

    /** What a key allows, as its owner reads it. */
    static String words(KeyRights rights) {
        String toolsets = KeyRights.TOOLSETS.stream()
                .filter(rights.toolsets()::contains)
                .map(Toolset::words)
                .collect(Collectors.joining(", "));
        return (rights.canWrite() ? "Reads and writes" : "Only reads")
                + (toolsets.isEmpty() ? "" : " · tools: " + toolsets);
    }

    private static String words(String name) {
        return switch (name) {
            case "student" -> "what students read";
            case "student-write" -> "what students do";
            case "teacher" -> "what teachers read";
            case "teacher-write" -> "what teachers do";
            default -> name;
        };
    }
}
