package io.github.moodlemcp.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;

class MoodleMcpServerTest {
    private static final String TOOL = """
            {"name": "ring_bell", "title": "Ring", "description": "Rings a bell.", "sideEffect": "read",
             "scope": "moodle:read", "inputSchema": {"type": "object"}, "annotations": {"readOnlyHint": true}}
            """;

    @Test
    void aToolForTheBrowserIsNotSilentlyLeftOutWhereThereIsNone() {
        MoodleMcpServer.Builder builder = MoodleMcpServer.builder(
                        ServerOptions.builder(URI.create("http://localhost")).build())
                .withoutMoodle()
                .browserTool(TOOL);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("ring_bell", "Leave out withoutMoodle()", "tool()");
    }
}
