package io.github.moodlemcp.distribution.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {
    @TempDir
    Path temporary;

    @Test
    void isMadeForItsOwnerOnly() throws IOException {
        DataFolder folder = DataFolder.open(temporary.resolve("a").resolve("b"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                .isEqualTo("rwx------");
    }

    @Test
    void thatCannotBeMadeIsToldWithWhatToDo() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));
        assertThatThrownBy(() -> DataFolder.open(file.resolve("data")))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("cannot be written")
                .hasMessageContaining(file.resolve("data").toString())
                .hasMessageContaining("--data");
    }

    @Test
    void servesOneServiceAtATime() {
        DataFolder folder = DataFolder.open(temporary);
        try (FolderLock lock = folder.lockForService()) {
            assertThatThrownBy(folder::lockForService)
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("Another service runs")
                    .hasMessageContaining(temporary.getFileName().toString());
        }
        folder.lockForService().close();
    }

    @Test
    void keepsASecretThatItMadeOnce() throws IOException {
        DataFolder folder = DataFolder.open(temporary);
        assertThat(folder.secret("secret", () -> "first")).isEqualTo("first");
        assertThat(folder.secret("secret", () -> "second")).isEqualTo("first");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temporary.resolve("secret"))))
                .isEqualTo("rw-------");
    }

    @Test
    void anEmptySecretIsNone() throws IOException {
        Files.createFile(temporary.resolve("secret"));
        DataFolder folder = DataFolder.open(temporary);
        assertThatThrownBy(() -> folder.secret("secret", () -> "new"))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("empty");
    }
}
