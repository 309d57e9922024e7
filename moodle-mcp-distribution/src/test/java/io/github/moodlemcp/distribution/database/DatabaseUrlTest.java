package io.github.moodlemcp.distribution.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseUrlTest {
    @Test
    void aFullAddressIsReadWithItsEscapes() {
        JdbcAddress address = DatabaseUrl.parse(
                "postgresql://us%40er:p%2Fw+%3A1@db.example.edu:6543/my%20db?sslmode=verify-full&sslrootcert=/etc/ca.pem");
        assertThat(address.url())
                .isEqualTo(
                        "jdbc:postgresql://db.example.edu:6543/my%20db?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem");
        assertThat(address.user()).isEqualTo("us@er");
        assertThat(address.password()).isEqualTo("p/w+:1");
        assertThat(address.place()).isEqualTo("db.example.edu:6543/my db");
    }

    @Test
    void portPasswordAndParametersMayBeMissing() {
        JdbcAddress address = DatabaseUrl.parse("postgres://me@[::1]/db");
        assertThat(address.url()).isEqualTo("jdbc:postgresql://[::1]/db");
        assertThat(address.password()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://u:secret@h/db",
                "jdbc:postgresql://u:secret@h/db",
                "postgresql://h/db",
                "postgresql://u:secret@h",
                "postgresql://u:secret@h:port/db",
                "postgresql://u:secret@h/db?socketFactory=evil",
                "postgresql://u:secret@h/db?sslmode",
                "postgresql://u:secret@h,h2/db",
                "postgresql://u:se%zzcret@h/db",
            })
    void anythingElseIsRefusedWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("secret");
    }

    @Test
    void theAddressDoesNotShowItsPassword() {
        assertThat(DatabaseUrl.parse("postgresql://u:secret@h/db").toString()).isEqualTo("h/db");
    }
}
