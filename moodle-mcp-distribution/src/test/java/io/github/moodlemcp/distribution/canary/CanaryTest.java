package io.github.moodlemcp.distribution.canary;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.distribution.database.EmbeddedPostgres;
import io.github.moodlemcp.distribution.database.JdbcAddress;
import io.github.moodlemcp.distribution.database.TestPostgres;
import io.github.moodlemcp.testkit.issuer.FakeIssuer;
import io.github.moodlemcp.testkit.issuer.FakePerson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets and Moodle's texts go through the whole service, and nothing of them is left anywhere. */
@Tag("slow")
final class CanaryTest {
    private static final String AUTH_SECRET = "a \"secret\" of this test & its <service>, 71d0e5+x/=";

    @TempDir
    Path folder;

    @Test
    void nothingOfADayIsLeftAnywhere() throws Exception {
        try (FakeIssuer issuer = FakeIssuer.start();
                LoudService service = new LoudService(folder, settings(issuer))) {
            issuer.person(FakePerson.of("carla", "carla@example.edu", "Carla Example"));
            service.awaitStart();
            Day day = new Day(service, issuer);
            day.live();
            day.add(new Canary("AUTH_SECRET", AUTH_SECRET));
            Mishaps mishaps = new Mishaps(service, day);
            mishaps.happen();
            assertThat(mishaps.statuses().values()).allMatch(status -> status >= 300);

            Search kept = new Search(day.canaries());
            try (EmbeddedPostgres postgres = join(service)) {
                DatabaseDump.of(postgres.address()).forEach(kept::bytes);
                searchFiles(service.data(), kept);
                assertThatThePlantedIsFound(postgres.address(), day.canaries());
                day.add(Canary.secret(
                        "password of the database", postgres.address().password()));
            }
            assertThat(kept.findings()).isEmpty();

            killDatabase(service);
            mishaps.happenWithoutDatabase();
            Search told = new Search(day.canaries());
            mishaps.answers().forEach((what, answer) -> told.text("the answer to " + what, answer));
            for (String printed : List.of("serve.out", "serve.err", "sign-in-link.err", "create-key.err")) {
                told.text(printed, service.printed(printed));
            }
            assertThat(told.findings()).isEmpty();
            assertThat(mishaps.statuses())
                    .containsEntry("a key without a database", 503)
                    .hasSizeGreaterThan(45);
            assertThat(service.printed("serve.err"))
                    .as("what the loggers of each part say, so that silence is not taken for care")
                    .contains("org.postgresql", "org.jooq", "event=tool_call", "TRACE", "DEBUG");
            assertThatThePlantedIsFound("a log", service.printed("serve.err"), day.canaries());
        }
    }

    /** The proof that the search can find each canary in each form. */
    private static void assertThatThePlantedIsFound(String place, String text, List<Canary> canaries) {
        StringBuilder planted = new StringBuilder(text);
        canaries.forEach(canary -> canary.forms()
                .values()
                .forEach(form -> planted.append("\nx")
                        .append(new String(form.getBytes(ISO_8859_1), UTF_8))
                        .append('x')));
        List<String> findings = Search.in(canaries, place, planted.toString());
        canaries.forEach(canary -> canary.forms()
                .keySet()
                .forEach(form -> assertThat(findings)
                        .anyMatch(found -> found.startsWith(canary.name() + " (" + form + ") in " + place))));
    }

    private static void assertThatThePlantedIsFound(JdbcAddress database, List<Canary> canaries) throws SQLException {
        DatabaseDump.change(database, "CREATE TABLE planted (words text, bytes bytea, tree jsonb)");
        for (Canary canary : canaries) {
            String text = "'" + canary.text().replace("'", "''") + "'";
            String tree = "jsonb_build_object('in', " + text + ")";
            DatabaseDump.change(
                    database,
                    "INSERT INTO planted VALUES (" + text + ", convert_to(" + text + ", 'UTF8'), " + tree + ")");
        }
        Search search = new Search(canaries);
        DatabaseDump.of(database).forEach(search::bytes);
        for (Canary canary : canaries) {
            for (String column : List.of("words", "bytes", "tree")) {
                assertThat(search.findings())
                        .anyMatch(finding ->
                                finding.startsWith(canary.name()) && finding.contains("\"planted\"." + column));
            }
        }
        DatabaseDump.change(database, "DROP TABLE planted");
    }

    /** The data folder without PostgreSQL's programs, and without the tables, which were dumped: its log of changes above all. */
    private static void searchFiles(Path data, Search search) throws IOException {
        List<Path> found;
        try (Stream<Path> files = Files.walk(data)) {
            found = files.filter(Files::isRegularFile)
                    .filter(file -> file.getParent().equals(data) || file.startsWith(cluster(data)))
                    .filter(file -> !file.startsWith(cluster(data).resolve("base")))
                    .toList();
        }
        assertThat(found).anyMatch(file -> file.startsWith(cluster(data).resolve("pg_wal")));
        for (Path file : found) {
            search.bytes(data.relativize(file).toString(), withoutZerosAtItsEnd(Files.readAllBytes(file)));
        }
    }

    /** PostgreSQL makes the files of its log long, and fills them later. */
    private static byte[] withoutZerosAtItsEnd(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == 0) {
            length--;
        }
        return Arrays.copyOf(bytes, length);
    }

    private static Path cluster(Path data) {
        return data.resolve("postgresql").resolve("cluster");
    }

    private static EmbeddedPostgres join(LoudService service) {
        return EmbeddedPostgres.start(TestPostgres.fast(service.data().resolve("postgresql")));
    }

    private static void killDatabase(LoudService service) throws IOException {
        Path file = cluster(service.data()).resolve("postmaster.pid");
        long process = Long.parseLong(Files.readAllLines(file).getFirst().strip());
        ProcessHandle.of(process).ifPresent(ProcessHandle::destroyForcibly);
    }

    private static Map<String, String> settings(FakeIssuer issuer) {
        return Map.of(
                "AUTH_SECRET", AUTH_SECRET,
                "OIDC_UNI_ISSUER", issuer.issuer().toString(),
                "OIDC_UNI_CLIENT_ID", issuer.clientId(),
                "OIDC_UNI_CLIENT_SECRET", issuer.clientSecret(),
                "REQUESTS_PER_MINUTE", "0");
    }
}
