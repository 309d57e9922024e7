package io.github.moodlemcp.distribution.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PostgresBinariesTest {
    @ParameterizedTest
    @CsvSource({
        "Linux,      amd64,   postgres-linux-x86_64.txz",
        "Linux,      aarch64, postgres-linux-arm_64.txz",
        "Mac OS X,   x86_64,  postgres-darwin-x86_64.txz",
        "Mac OS X,   aarch64, postgres-darwin-arm_64.txz",
        "Windows 11, amd64,   postgres-windows-x86_64.txz",
    })
    void theArchiveIsNamedAfterTheSystem(String system, String architecture, String archive) {
        assertThat(PostgresBinaries.archiveName(system, architecture)).isEqualTo(archive);
    }

    @Test
    void theVersionIsThatOfThePrograms(@TempDir Path folder) {
        PostgresBinaries binaries = PostgresBinaries.unpackedIn(TestPostgres.programs());
        Program.Ended version = Program.in(folder).run(List.of(binaries.program("initdb"), "--version"), "");
        assertThat(version.output()).isEqualTo("initdb (PostgreSQL) " + PostgresBinaries.VERSION);
        assertThat(PostgresBinaries.VERSION).startsWith(PostgresBinaries.MAJOR_VERSION + ".");
    }
}
