package io.github.moodlemcp.distribution.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.moodlemcp.distribution.startup.StartupException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
final class SchemaMigrationTest {
    private final SchemaMigration migration = new SchemaMigration(SchemaMigration.class.getClassLoader());

    @Test
    void everyFileOfTheChangeLogIsListedInTheOrderOfItsNumber() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/changelog"))) {
            List<String> changes = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".sql"))
                    .sorted()
                    .map(name -> "db/changelog/" + name)
                    .toList();
            assertThat(migration.files().getFirst()).isEqualTo("db/changelog/changelog.xml");
            assertThat(migration.files().subList(1, migration.files().size())).isEqualTo(changes);
        }
    }

    @Test
    void aSecondRunDoesNothing(TestDatabase.Server server) throws SQLException {
        DataSource database = server.empty();
        migration.apply(database);
        run(database, "DROP TABLE databasechangelog");
        migration.apply(database);
        assertThat(ask(database, "SELECT to_regclass('databasechangelog')")).isNull();
    }

    @Test
    void manyNodesAtOnceMakeTheSchemaOnce(TestDatabase.Server server) throws Exception {
        DataSource database = server.empty();
        try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> runs = IntStream.range(0, 4)
                    .<Future<?>>mapToObj(node -> nodes.submit(() -> migration.apply(database)))
                    .toList();
            for (Future<?> run : runs) {
                run.get();
            }
        }
        assertThat(ask(database, "SELECT count(*) FROM databasechangelog"))
                .isEqualTo(String.valueOf(migration.files().size() - 1));
    }

    @Test
    @Timeout(60)
    void aLockThatADeadNodeLeftDoesNotStopTheNext(TestDatabase.Server server) throws SQLException {
        DataSource database = server.empty();
        migration.apply(database);
        run(database, "UPDATE schema_state SET fingerprint = '\\x00'");
        run(database, "DROP TABLE browser_sessions");
        run(database, "DELETE FROM databasechangelog WHERE id = '006-browser-sessions'");
        run(database, "UPDATE databasechangeloglock SET locked = true, lockgranted = now(), lockedby = 'a dead node'");
        migration.apply(database);
        assertThat(ask(database, "SELECT to_regclass('browser_sessions')")).isEqualTo("browser_sessions");
    }

    @Test
    void aDatabaseOfALaterVersionIsRefused(TestDatabase.Server server) throws SQLException {
        DataSource database = server.empty();
        migration.apply(database);
        run(database, "UPDATE schema_state SET fingerprint = '\\x00'");
        run(
                database,
                "INSERT INTO databasechangelog (id, author, filename, dateexecuted, orderexecuted, exectype)"
                        + " VALUES ('999-future', 'moodle-mcp', 'db/changelog/999-future.sql', now(), 999, 'EXECUTED')");
        assertThatThrownBy(() -> migration.apply(database))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("later version")
                .hasMessageContaining("999-future");
    }

    @Test
    void aChangeThatFailsIsToldWithoutAStackTraceAndLeavesNothing(TestDatabase.Server server) throws SQLException {
        DataSource database = server.empty();
        run(database, "CREATE TABLE users (other text)");
        assertThatThrownBy(() -> migration.apply(database))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("002-accounts");
        assertThat(ask(database, "SELECT to_regclass('identities')")).isNull();
    }

    @Test
    void theFingerprintChangesWithAnyFile() throws IOException {
        byte[] original = migration.fingerprint();
        ClassLoader changed = new ClassLoader(SchemaMigration.class.getClassLoader()) {
            @Override
            public InputStream getResourceAsStream(String name) {
                InputStream stream = super.getResourceAsStream(name);
                return name.endsWith("003-api-keys.sql")
                        ? new java.io.SequenceInputStream(stream, new java.io.ByteArrayInputStream(" ".getBytes(UTF_8)))
                        : stream;
            }
        };
        assertThat(new SchemaMigration(changed).fingerprint()).isNotEqualTo(original);
    }

    private static void run(DataSource database, String statement) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement prepared = connection.createStatement()) {
            prepared.execute(statement);
        }
    }

    private static String ask(DataSource database, String query) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement prepared = connection.createStatement();
                ResultSet rows = prepared.executeQuery(query)) {
            return rows.next() ? rows.getString(1) : "";
        }
    }
}
