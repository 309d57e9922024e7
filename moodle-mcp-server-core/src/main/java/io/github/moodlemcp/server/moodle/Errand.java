package io.github.moodlemcp.server.moodle;

import static java.util.Objects.requireNonNull;

/**
 * What is asked of a browser, as sentences name it.
 *
 * @param verb such as {@code call}
 * @param name such as {@code list_courses}
 */
record Errand(String verb, String name) {
    Errand {
        requireNonNull(verb, "verb");
        requireNonNull(name, "name");
    }

    /** The call of a tool. */
    static Errand call(String tool) {
        return new Errand("call", tool);
    }

    /** The reading of a resource. */
    static Errand readResource() {
        return new Errand("read", "this resource");
    }

    /** Such as {@code call list_courses again}. */
    String again() {
        return verb + " " + name + " again";
    }

    /** Such as {@code call it again}. */
    String itAgain() {
        return verb + " it again";
    }
}
