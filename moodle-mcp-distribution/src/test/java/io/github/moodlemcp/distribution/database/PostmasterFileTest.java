package io.github.moodlemcp.distribution.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PostmasterFileTest {
    @Test
    void aReadyServerHasAPort() {
        List<String> lines = List.of(
                "22002", "/data/cluster", "1795341006", "54399", "", "127.0.0.1", "  2326537        10", "ready   ");
        assertThat(PostmasterFile.parse(lines)).contains(new PostmasterFile(22002, 54399, true));
    }

    @Test
    void aStartingServerIsNotReady() {
        assertThat(PostmasterFile.parse(List.of("22002", "/data/cluster", "1795341006")))
                .contains(new PostmasterFile(22002, 0, false));
        assertThat(PostmasterFile.parse(
                        List.of("22002", "/data/cluster", "1", "54399", "", "127.0.0.1", "1 1", "starting")))
                .contains(new PostmasterFile(22002, 54399, false));
    }

    @Test
    void aHalfWrittenFileIsNone() {
        assertThat(PostmasterFile.parse(List.of())).isEmpty();
        assertThat(PostmasterFile.parse(List.of(""))).isEmpty();
    }

    @Test
    void anotherProgramWithTheSameProcessIdServesNothing() {
        long self = ProcessHandle.current().pid();
        assertThat(new PostmasterFile(self, 1, true).isServing(Path.of("/data/cluster")))
                .isFalse();
    }
}
