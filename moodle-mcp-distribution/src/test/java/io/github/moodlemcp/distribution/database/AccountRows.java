package io.github.moodlemcp.distribution.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;

/** Every row that belongs to an account, found by what the database says of its own tables. */
public final class AccountRows {
    private AccountRows() {}

    /** The rows of each table that has some, as JSON. */
    public static Map<String, List<String>> of(DataSource database, UUID account) throws SQLException {
        Map<String, List<String>> found = new TreeMap<>();
        try (Connection connection = database.getConnection()) {
            for (Map.Entry<String, String> table : owned(connection).entrySet()) {
                List<String> rows = rows(connection, table.getKey(), table.getValue(), account);
                if (!rows.isEmpty()) {
                    found.put(table.getKey(), rows);
                }
            }
        }
        return found;
    }

    /** Each table whose rows lead to an account, by whatever number of references, with the condition for its rows. */
    public static Map<String, String> owned(Connection connection) throws SQLException {
        Map<String, String> conditions = new TreeMap<>(Map.of("users", "id = ?"));
        List<String[]> references = references(connection);
        boolean grew = true;
        while (grew) {
            grew = false;
            for (String[] reference : references) {
                if (conditions.containsKey(reference[2]) && !conditions.containsKey(reference[0])) {
                    String owner = "SELECT " + reference[3] + " FROM " + reference[2] + " WHERE "
                            + conditions.get(reference[2]);
                    conditions.put(reference[0], reference[1] + " IN (" + owner + ")");
                    grew = true;
                }
            }
        }
        return conditions;
    }

    /** Table, column, referenced table, referenced column; those that lead to accounts directly come first. */
    private static List<String[]> references(Connection connection) throws SQLException {
        List<String[]> references = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT k.table_name, k.column_name, u.table_name, u.column_name
                        FROM information_schema.referential_constraints c
                        JOIN information_schema.key_column_usage k
                            ON k.constraint_name = c.constraint_name AND k.constraint_schema = c.constraint_schema
                        JOIN information_schema.constraint_column_usage u
                            ON u.constraint_name = c.unique_constraint_name AND u.constraint_schema = c.constraint_schema
                        WHERE c.constraint_schema = 'public'
                        ORDER BY u.table_name = 'users' DESC, k.table_name, k.column_name""")) {
            while (rows.next()) {
                references.add(
                        new String[] {rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)});
            }
        }
        return references;
    }

    private static List<String> rows(Connection connection, String table, String condition, UUID account)
            throws SQLException {
        List<String> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT to_jsonb(r)::text FROM " + table + " r WHERE " + condition + " ORDER BY 1")) {
            statement.setObject(1, account);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }
}
