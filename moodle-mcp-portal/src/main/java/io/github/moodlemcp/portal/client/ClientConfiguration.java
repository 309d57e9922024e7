package io.github.moodlemcp.portal.client;

/**
 * How one program is connected.
 *
 * @param id short and unique, such as {@code claude-code}
 * @param name the program's own name
 * @param instruction where the text goes, one sentence
 * @param text what to paste, with the key in it where the program takes it there
 */
public record ClientConfiguration(String id, String name, String instruction, String text) {
    /** Without the text, which has the key. */
    @Override
    public String toString() {
        return "ClientConfiguration[id=" + id + "]";
    }
}
