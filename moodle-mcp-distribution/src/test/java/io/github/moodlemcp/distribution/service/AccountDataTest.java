package io.github.moodlemcp.distribution.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.moodlemcp.distribution.database.AccountRows;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person gets everything that belongs to them, and nothing of it is left when they erase it. */
class AccountDataTest extends ServiceScenario {
    private static final Pattern COLUMN = Pattern.compile("^\\| `([a-z_]+)\\.([a-z_]+)` \\|", Pattern.MULTILINE);
    private static final Pattern HASH = Pattern.compile(".*_hash|code_challenge");

    private Belongings annas;
    private Belongings bens;
    private Stranger session;

    @BeforeEach
    void fill() throws SQLException {
        annas = everythingOf(anna);
        bens = everythingOf(ben);
        session = Stranger.signedIn(service.base(), anna.signInLink());
    }

    @Test
    void theExportHasEveryColumnOfTheInventoryThatIsNoHash() throws IOException, SQLException {
        HttpResponse<String> answer = session.send("GET", "/account/data", Map.of(), "");
        JsonNode export = new ObjectMapper().readTree(answer.body());
        String inventory = Files.readString(
                Path.of(System.getProperty("docs.directory"), "reference", "data-inventory.md"),
                StandardCharsets.UTF_8);
        Set<String> owned = owned();
        Set<String> expected = new TreeSet<>();
        COLUMN.matcher(inventory).results().forEach(column -> {
            if (owned.contains(column.group(1))
                    && !HASH.matcher(column.group(2)).matches()) {
                expected.add(column.group(1) + "." + column.group(2));
            }
        });
        Set<String> found = new TreeSet<>();
        for (String table : owned) {
            JsonNode row = export.path(table).path(0);
            assertThat(row.isObject())
                    .as("a row of " + table + " in the export; let Belongings or everythingOf make one")
                    .isTrue();
            row.fieldNames().forEachRemaining(column -> found.add(table + "." + column));
        }

        assertThat(found).isEqualTo(expected);
        assertThat(answer.body())
                .contains("anna@example.edu")
                .contains(annas.marks())
                .doesNotContain(annas.goodKey())
                .doesNotContain(bens.goodKey().substring(5, 13))
                .doesNotContain("ben@example.edu", ben.id().toString());
    }

    @Test
    void nothingIsLeftOfAnErasedAccount() throws SQLException {
        ScriptedExtension browser = anna.browser("Anna's", command -> {
            throw new AssertionError("nobody calls");
        });
        Map<String, List<String>> before = AccountRows.of(dataSource, anna.id());
        assertThat(before.keySet()).isEqualTo(owned());
        Map<String, List<String>> others = AccountRows.of(dataSource, ben.id());
        List<String> traces = traces(before);

        HttpResponse<String> answer = session.post(
                "/account/data/erase", Map.of("form_token", session.formToken(), "email", "anna@example.edu"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("Your account is erased");
        assertThat(browser.closeCode()).isEqualTo(4401);
        assertThat(session.send("GET", "/dashboard", Map.of(), "").statusCode()).isEqualTo(303);
        assertThat(service.client(annas.goodKey())
                        .request("tools/list", NONE.deepCopy())
                        .status())
                .isEqualTo(401);
        assertThat(left(traces)).isEmpty();
        assertThat(AccountRows.of(dataSource, ben.id())).isEqualTo(others);
    }

    private Belongings everythingOf(RunningService.Person person) throws SQLException {
        Belongings belongings = Belongings.of(dataSource, person);
        person.bridgeToken();
        person.signInLink();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "INSERT INTO write_records (command_id, user_id, tool, key_hash, arguments_hash, browser_id, state,"
                                + " begun_at) VALUES (gen_random_uuid()::text, ?, 't', 'k', 'a', 'b', 'sent', now())")) {
            statement.setObject(1, person.id());
            statement.executeUpdate();
        }
        return belongings;
    }

    private static Set<String> owned() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return new TreeSet<>(AccountRows.owned(connection).keySet());
        }
    }

    /** Ids and addresses by which a row could still lead to the account. */
    private List<String> traces(Map<String, List<String>> rows) {
        List<String> traces = new ArrayList<>(List.of(anna.id().toString(), "anna@example.edu"));
        Pattern id = Pattern.compile("\"id\": \"([0-9a-f-]{36})\"");
        rows.values()
                .forEach(all ->
                        all.forEach(row -> id.matcher(row).results().forEach(found -> traces.add(found.group(1)))));
        return traces;
    }

    /** The rows of any table of the database that contain one of the texts. */
    private static List<String> left(List<String> traces) throws SQLException {
        List<String> left = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(
                    "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery("SELECT to_jsonb(r)::text FROM " + table + " r")) {
                    while (rows.next()) {
                        String row = rows.getString(1);
                        traces.stream().filter(row::contains).forEach(trace -> left.add(table + ": " + row));
                    }
                }
            }
        }
        return left;
    }
}
