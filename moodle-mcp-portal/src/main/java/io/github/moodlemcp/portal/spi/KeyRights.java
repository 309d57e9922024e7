package io.github.moodlemcp.portal.spi;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What an API key allows.
 *
 * @param scopes the most that it allows
 * @param toolsets the tools that are offered unless the address that it is used at names others; may be empty
 * @param readOnly whether it only reads, whatever the scopes and the address say
 */
public record KeyRights(Set<String> scopes, Set<String> toolsets, boolean readOnly) {
    /** The scope without which nothing of Moodle is shown. */
    public static final String READ = "moodle:read";

    /** The scope that lets tools change something in Moodle. */
    public static final String WRITE = "moodle:write";

    /** The toolsets that can be chosen, in the order in which they are shown. */
    public static final List<String> TOOLSETS = List.of("student", "student-write", "teacher", "teacher-write");

    /** What a key allows whose owner chose nothing: to read, with the tools for students. */
    public static final KeyRights STANDARD = new KeyRights(Set.of(READ), Set.of("student"), false);

    public KeyRights {
        scopes = Set.copyOf(scopes);
        toolsets = Set.copyOf(toolsets);
    }

    /** Whether it can change anything in Moodle. */
    public boolean canWrite() {
        return scopes.contains(WRITE) && !readOnly;
    }

    /**
     * What somebody chose. Reading is part of everything; toolsets that do not exist are left out, and who chooses none
     * gets the standard ones.
     *
     * @param write whether Moodle may be changed
     */
    public static KeyRights of(boolean write, Collection<String> toolsets, boolean readOnly) {
        Set<String> known =
                Set.copyOf(TOOLSETS.stream().filter(toolsets::contains).toList());
        return new KeyRights(
                write ? Set.of(READ, WRITE) : Set.of(READ), known.isEmpty() ? STANDARD.toolsets() : known, readOnly);
    }
}
