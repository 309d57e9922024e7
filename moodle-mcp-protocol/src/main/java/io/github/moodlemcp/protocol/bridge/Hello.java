package io.github.moodlemcp.protocol.bridge;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an extension introduces itself.
 *
 * @param protocolVersion the bridge protocol version it speaks
 * @param sites the Moodle sites it has; null is read as none
 * @param operations the operations it can run; null is read as none
 * @param journal the last writes it ran; null is read as none
 */
public record Hello(
        int protocolVersion,
        Browser browser,
        Extension extension,
        List<SiteState> sites,
        List<String> operations,
        List<JournalEntry> journal) {

    private static final int MAX_NAME_LENGTH = 64;

    public Hello {
        requireNonNull(browser, "browser");
        requireNonNull(extension, "extension");
        sites = copyOrEmpty(sites);
        operations = copyOrEmpty(operations);
        journal = copyOrEmpty(journal);
    }

    private static <T> List<T> copyOrEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /**
     * One browser profile.
     *
     * @param id a UUID, made once per profile
     * @param name for people; a longer one than 64 characters is cut
     */
    public record Browser(String id, String name) {
        public Browser {
            requireNonNull(id, "id");
            requireNonNull(name, "name");
            name = name.length() > MAX_NAME_LENGTH ? cut(name) : name;
        }

        /** The beginning of the name, which never ends in half a character. */
        private static String cut(String name) {
            int end =
                    Character.isHighSurrogate(name.charAt(MAX_NAME_LENGTH - 1)) ? MAX_NAME_LENGTH - 1 : MAX_NAME_LENGTH;
            return name.substring(0, end);
        }
    }

    /** The extension program. */
    public record Extension(String version) {
        public Extension {
            requireNonNull(version, "version");
        }
    }

    /**
     * A write the extension claimed, and how far it came: {@code claimed}, {@code done} or {@code refused}; an unknown word
     * is read as {@code claimed}.
     */
    public record JournalEntry(String command, String outcome) {
        public JournalEntry {
            requireNonNull(command, "command");
            requireNonNull(outcome, "outcome");
        }
    }
}
