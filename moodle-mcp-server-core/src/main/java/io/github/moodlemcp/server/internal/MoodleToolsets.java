package io.github.moodlemcp.server.internal;

import java.util.Set;

/** The toolsets of the product. */
final class MoodleToolsets {
    /** All of them; some may have no tool yet. */
    static final Set<String> ALL = Set.of("student", "student-write", "teacher", "teacher-write");

    /** Those that are offered only to who chose them. */
    static final Set<String> BY_CHOICE = Set.of("student-write", "teacher", "teacher-write");

    private MoodleToolsets() {}
}
