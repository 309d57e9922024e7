package io.github.moodlemcp.distribution.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.distribution.database.TestDatabase;
import io.github.moodlemcp.portal.credential.ApiKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The commands in this JVM, on a database that DATABASE_URL names. */
@ExtendWith(TestDatabase.class)
final class CommandsTest {
    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void useTheTestDatabase(TestDatabase.Server server) {
        environment.put("DATABASE_URL", server.url());
    }

    @Nested
    class CreateKey {
        @Test
        void printsAKeyAndNothingElse(DataSource database) throws SQLException {
            assertThat(run("create-key", "--email", "Anna@Example.org", "--name", "Laptop"))
                    .isZero();
            assertThat(err.toString()).isEmpty();
            assertThat(out.toString()).endsWith("\n");
            assertThat(ApiKeys.isWellFormed(out.toString().strip())).isTrue();
            assertThat(ask(
                            database,
                            "SELECT users.email || ' ' || issuer || ' ' || api_keys.name FROM users"
                                    + " JOIN identities ON identities.user_id = users.id"
                                    + " JOIN api_keys ON api_keys.user_id = users.id"))
                    .isEqualTo("Anna@Example.org urn:moodle-mcp:local Laptop");
        }

        @Test
        void usesTheAccountThatIsThereAndStopsAtItsLimit(DataSource database) throws SQLException {
            for (int key = 0; key < 5; key++) {
                assertThat(run("create-key", "--email", key % 2 == 0 ? "anna@example.org" : "ANNA@example.org"))
                        .isZero();
            }
            assertThat(run("create-key", "--email", "anna@example.org")).isEqualTo(ExitCodes.FAILED);
            assertThat(err.toString()).contains("as many API keys as it may", "anna@example.org has 5", "Revoke one");
            assertThat(ask(database, "SELECT count(*) FROM users")).isEqualTo("1");
        }

        @Test
        void anAddressThatIsNoneIsAUsageError() {
            assertThat(run("create-key", "--email", "anna")).isEqualTo(ExitCodes.USAGE);
            assertThat(err.toString()).contains("--email: Not an e-mail address");
            assertThat(out.toString()).isEmpty();
        }
    }

    @Nested
    class SignInLink {
        @Test
        void isForTheOldestAccountUnlessAnotherIsNamed(DataSource database) throws SQLException {
            assertThat(run("sign-in-link")).isZero();
            assertThat(out.toString()).matches("http://localhost:8080/sign-in\\?link=[A-Za-z0-9_-]{43}\\R");
            assertThat(ask(database, "SELECT users.email FROM users JOIN one_time_links ON user_id = users.id"))
                    .isEqualTo("owner@localhost");
            assertThat(run("sign-in-link", "--email", "anna@example.org")).isZero();
            assertThat(ask(database, "SELECT count(*) FROM users")).isEqualTo("2");
        }
    }

    @Nested
    class CheckConfig {
        @Test
        void listsTheSettingsWithTheirSourcesAndHidesSecrets() {
            environment.put("PORT", "9090");
            assertThat(run("check-config")).isZero();
            assertThat(out.toString())
                    .containsPattern("PORT +9090 {2}from the environment")
                    .containsPattern("DATABASE_URL +\\(secret\\) {2}from the environment")
                    .containsPattern("WEBSOCKET_URL +\\(not set\\)")
                    .contains("All settings are good.")
                    .doesNotContain("postgresql://");
            assertThat(Files.exists(folder.resolve("data"))).isFalse();
        }

        @Test
        void endsWithTheConfigurationCodeWhenSomethingIsWrong() {
            environment.put("PORT", "x");
            environment.put("SENTRY_DSN", "https://errors.example.edu");
            assertThat(run("check-config")).isEqualTo(ExitCodes.CONFIGURATION);
            assertThat(err.toString()).contains("PORT: \"x\"", "SENTRY_DSN: This setting is known");
        }
    }

    @Nested
    class Serve {
        @Test
        void aTakenPortIsToldWithTheFlagToUse() throws IOException {
            try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                String port = String.valueOf(taken.getLocalPort());
                assertThat(run("serve", "--port", port)).isEqualTo(ExitCodes.FAILED);
                assertThat(err.toString().strip())
                        .contains("cannot listen: 127.0.0.1:" + port)
                        .contains("--port")
                        .doesNotContain("\n");
            }
        }

        @Test
        void aFolderThatCannotBeWrittenIsTold() throws IOException {
            Path file = Files.createFile(folder.resolve("file"));
            assertThat(run("serve", "--data", file.resolve("data").toString())).isEqualTo(ExitCodes.FAILED);
            assertThat(err.toString()).contains("data folder cannot be written");
        }

        @Test
        void wrongSettingsAreToldBeforeAnythingIsOpened() {
            assertThat(run("serve", "--port", "x", "--bind", "0.0.0.0")).isEqualTo(ExitCodes.CONFIGURATION);
            assertThat(err.toString())
                    .contains("PORT: \"x\" from the command line", "AUTH_SECRET: It must be set", "MCP_SERVER_URL");
            assertThat(Files.exists(folder.resolve("data"))).isFalse();
        }

        @Test
        void anUnreachableDatabaseIsToldWithoutItsPassword() throws IOException {
            environment.put("DATABASE_URL", "postgresql://anna:hidden@127.0.0.1:1/db");
            assertThat(run("create-key", "--email", "anna@example.org")).isEqualTo(ExitCodes.FAILED);
            assertThat(err.toString())
                    .contains("database cannot be reached: 127.0.0.1:1/db")
                    .doesNotContain("hidden");
        }
    }

    @Test
    void aDefectIsReportedWithoutAStackTrace() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            free.close();
            assertThat(run("serve", "--port", String.valueOf(free.getLocalPort())))
                    .isEqualTo(ExitCodes.FAILED);
            assertThat(err.toString()).contains("A defect in Moodle MCP").doesNotContain("\tat ");
        }
    }

    @Test
    void helpVersionAndUsageErrorsHaveTheirCodes() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("serve", "create-key", "sign-in-link", "check-config", "Exit codes:");
        assertThat(run("--version")).isZero();
        assertThat(run("unknown")).isEqualTo(ExitCodes.USAGE);
        assertThat(run()).isEqualTo(ExitCodes.USAGE);
        assertThat(run("serve", "--unknown")).isEqualTo(ExitCodes.USAGE);
    }

    private int run(String... arguments) {
        Surroundings surroundings = new Surroundings(
                environment,
                folder.resolve("data"),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                Clock.systemUTC(),
                (config, database, stores) -> {
                    throw new IllegalStateException("this listener never starts");
                });
        return MoodleMcp.run(surroundings, arguments);
    }

    private static String ask(DataSource database, String query) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getString(1) : "";
        }
    }
}
