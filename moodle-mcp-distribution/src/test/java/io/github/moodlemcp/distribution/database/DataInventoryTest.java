package io.github.moodlemcp.distribution.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
final class DataInventoryTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| `([a-z_]+)\\.([a-z_]+)` \\| [^|]{3,} \\| [^|]{3,} \\|$", Pattern.MULTILINE);

    @Test
    void everyColumnIsListedWithItsPurposeAndItsRetention(DataSource database) throws IOException, SQLException {
        String inventory = Files.readString(
                Path.of(System.getProperty("docs.directory"), "reference", "data-inventory.md"), UTF_8);
        Set<String> listed = ROW.matcher(inventory)
                .results()
                .map(DataInventoryTest::name)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(listed)
                .as(
                        "docs/reference/data-inventory.md, a line \"| `table.column` | purpose | retention |\" for each column")
                .isEqualTo(columns(database));
    }

    private static String name(MatchResult row) {
        return row.group(1) + "." + row.group(2);
    }

    /** Without Liquibase's own tables, which say nothing about people. */
    private static Set<String> columns(DataSource database) throws SQLException {
        Set<String> columns = new TreeSet<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT table_name || '.' || column_name FROM information_schema.columns
                        WHERE table_schema = 'public' AND table_name NOT LIKE 'databasechangelog%'""")) {
            while (rows.next()) {
                columns.add(rows.getString(1));
            }
        }
        return columns;
    }
}
