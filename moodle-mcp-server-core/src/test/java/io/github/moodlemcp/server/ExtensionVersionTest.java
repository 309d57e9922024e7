package io.github.moodlemcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtensionVersionTest {
    private static final ServerOptions.Builder OPTIONS = ServerOptions.builder(URI.create("https://mcp.example.edu"));

    @ParameterizedTest
    @CsvSource({
        "0.9.0, true",
        "1.1.9, true",
        "1.1.9.99, true",
        "1, true",
        "1.2, false",
        "1.2.0.0, false",
        "1.2.0, false",
        "1.10.0, false",
        "2, false"
    })
    void olderThan120IsOutdated(String version, boolean outdated) {
        assertThat(OPTIONS.oldestExtension("1.2.0").build().isOutdated(version)).isEqualTo(outdated);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "new", "1.", ".1", "1.2.3.4.5", "-1", "1.2-beta", "99999999999", "١.٢"})
    void whatIsNoVersionIsOutdated(String version) {
        assertThat(OPTIONS.oldestExtension("0").build().isOutdated(version)).isTrue();
    }

    @Test
    void theOldestMustBeAVersion() {
        ServerOptions.Builder options =
                ServerOptions.builder(URI.create("https://mcp.example.edu")).oldestExtension("old");
        assertThatIllegalArgumentException().isThrownBy(options::build).withMessageContaining("0.1.0");
    }
}
