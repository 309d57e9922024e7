package io.github.moodlemcp.distribution.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** PostgreSQL for tests: the programs are shared with the build, the data is thrown away. */
public final class TestPostgres {
    private TestPostgres() {}

    /** In this folder, without care for the data's safety. */
    public static EmbeddedPostgres.Options fast(Path folder) {
        return new EmbeddedPostgres.Options(folder, programs(), Map.of("fsync", "off"));
    }

    /** In this folder, as the service runs it. */
    static EmbeddedPostgres.Options durable(Path folder) {
        return new EmbeddedPostgres.Options(folder, programs(), Map.of());
    }

    static Path programs() {
        return Path.of(System.getProperty("postgresql.programs"));
    }

    /** Runs the statement and returns the first value of its first row, or "" when it has none. */
    static String ask(JdbcAddress address, String statement) throws SQLException {
        try (Connection connection = connect(address);
                Statement prepared = connection.createStatement()) {
            if (!prepared.execute(statement)) {
                return "";
            }
            try (ResultSet rows = prepared.getResultSet()) {
                return rows.next() ? rows.getString(1) : "";
            }
        }
    }

    static Connection connect(JdbcAddress address) throws SQLException {
        return DriverManager.getConnection(address.url(), address.user(), address.password());
    }
}
