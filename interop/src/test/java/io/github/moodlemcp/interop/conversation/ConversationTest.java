package io.github.moodlemcp.interop.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.interop.wire.Containers;
import io.github.moodlemcp.interop.wire.Endpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the conversations that the files show. After a change that is meant, {@code -Dgolden.update=true} writes what the
 * server says now into the files; the difference is to be read before it is committed.
 */
@ParameterizedClass(name = "{0}")
@EnumSource
class ConversationTest {
    private static final Path FOLDER = Path.of("src/test/resources/conversations");

    @Parameter
    private Containers container;

    @ParameterizedTest
    @ValueSource(strings = {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"})
    void theServerSaysWhatTheFileShows(String revision) throws Exception {
        Path file = FOLDER.resolve(revision + ".md");
        Conversation script = Conversation.of(Files.readString(file));
        try (Endpoint endpoint = Endpoint.start(container, new Doorbell().server());
                Rehearsal rehearsal = new Rehearsal(endpoint)) {
            String held = rehearsal.held(script).markdown();
            if (Boolean.getBoolean("golden.update")) {
                Files.writeString(file, held);
            }
            assertThat(held).isEqualTo(Files.readString(file));
        }
    }
}
