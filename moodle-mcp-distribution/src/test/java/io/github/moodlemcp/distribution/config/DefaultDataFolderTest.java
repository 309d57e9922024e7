package io.github.moodlemcp.distribution.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DefaultDataFolderTest {
    private static final Path HOME = Path.of("/home/anna");

    @Test
    void onLinuxItIsTheDataHome() {
        assertThat(DefaultDataFolder.of("Linux", HOME, Map.of()))
                .isEqualTo(Path.of("/home/anna/.local/share/moodle-mcp"));
        assertThat(DefaultDataFolder.of("Linux", HOME, Map.of("XDG_DATA_HOME", "/data")))
                .isEqualTo(Path.of("/data/moodle-mcp"));
    }

    @Test
    void onMacItIsInTheLibrary() {
        assertThat(DefaultDataFolder.of("Mac OS X", HOME, Map.of("XDG_DATA_HOME", "/data")))
                .isEqualTo(Path.of("/home/anna/Library/Application Support/moodle-mcp"));
    }

    @Test
    void onWindowsItIsTheLocalApplicationData() {
        assertThat(DefaultDataFolder.of("Windows 11", HOME, Map.of("LOCALAPPDATA", "/local")))
                .isEqualTo(Path.of("/local/moodle-mcp"));
        assertThat(DefaultDataFolder.of("Windows 11", HOME, Map.of()))
                .isEqualTo(Path.of("/home/anna/AppData/Local/moodle-mcp"));
    }
}
