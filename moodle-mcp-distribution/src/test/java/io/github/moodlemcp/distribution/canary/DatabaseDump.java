package io.github.moodlemcp.distribution.canary;

import io.github.moodlemcp.distribution.database.JdbcAddress;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** All values of all columns of a database. */
final class DatabaseDump {
    private static final String COLUMNS = """
            SELECT table_schema, table_name, column_name FROM information_schema.columns
            JOIN information_schema.tables USING (table_schema, table_name)
            WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')
            ORDER BY 1, 2, 3""";

    private DatabaseDump() {}

    /** The values of each column, one after the other; bytes as they are, all else as text. */
    static Map<String, byte[]> of(JdbcAddress address) throws SQLException {
        Map<String, byte[]> dump = new LinkedHashMap<>();
        try (Connection connection = connect(address);
                Statement statement = connection.createStatement();
                ResultSet columns = statement.executeQuery(COLUMNS)) {
            while (columns.next()) {
                String table = "\"" + columns.getString(1) + "\".\"" + columns.getString(2) + "\"";
                dump.put(table + "." + columns.getString(3), values(connection, table, columns.getString(3)));
            }
        }
        return dump;
    }

    /** Changes the database; returns how many rows. */
    static int change(JdbcAddress address, String sql) throws SQLException {
        try (Connection connection = connect(address);
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private static byte[] values(Connection connection, String table, String column) throws SQLException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT \"" + column + "\" FROM " + table)) {
            boolean isBytes = rows.getMetaData().getColumnTypeName(1).equals("bytea");
            while (rows.next()) {
                String text = isBytes ? null : rows.getString(1);
                byte[] value = isBytes ? rows.getBytes(1) : text == null ? null : text.getBytes(StandardCharsets.UTF_8);
                if (value != null) {
                    all.writeBytes(value);
                    all.write('\n');
                }
            }
        }
        return all.toByteArray();
    }

    private static Connection connect(JdbcAddress address) throws SQLException {
        return DriverManager.getConnection(address.url(), address.user(), address.password());
    }
}
