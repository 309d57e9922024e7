package io.github.moodlemcp.distribution.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class MainTest {
    private static final int JAVA_11_CLASS = 55;

    @Test
    void loadsOnJava11() throws IOException {
        try (DataInputStream main = new DataInputStream(
                Objects.requireNonNull(Main.class.getResourceAsStream("Main.class"), "Main.class"))) {
            main.readInt();
            main.readUnsignedShort();
            assertThat(main.readUnsignedShort()).isEqualTo(JAVA_11_CLASS);
        }
    }

    @Test
    void anOldJavaIsToldInOneLineWithTheVersionFoundAndWhatToDo() {
        assertThat(Main.refusal(Runtime.Version.parse("17.0.15+6")))
                .contains("found version 17")
                .contains("Java 21 or newer")
                .contains("JAVA_HOME")
                .doesNotContain("\n");
    }
}
