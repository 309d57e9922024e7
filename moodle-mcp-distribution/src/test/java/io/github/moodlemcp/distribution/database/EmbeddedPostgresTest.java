package io.github.moodlemcp.distribution.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.moodlemcp.distribution.startup.StartupException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class EmbeddedPostgresTest {
    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void chooseFolder() {
        folder = temporary.resolve("postgresql");
    }

    @Nested
    class AServer {
        @Test
        void isDurableAndTakesOnlyItsPasswordOnLoopback() throws SQLException {
            try (EmbeddedPostgres server = start()) {
                JdbcAddress address = server.address();
                assertThat(ask(address, "SHOW fsync")).isEqualTo("on");
                assertThat(ask(address, "SHOW synchronous_commit")).isEqualTo("on");
                assertThat(ask(address, "SHOW data_checksums")).isEqualTo("on");
                assertThat(ask(address, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
                assertThat(ask(address, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
                        .isEqualTo("f");
                JdbcAddress wrong = new JdbcAddress(address.url(), address.user(), "wrong", address.place());
                assertThatThrownBy(() -> ask(wrong, "SELECT 1")).hasMessageContaining("password authentication failed");
            }
        }

        @Test
        void isGoneAfterCloseAndItsDataIsThereAtTheNextStart() throws Exception {
            long process;
            try (EmbeddedPostgres server = start()) {
                process = postmaster().process();
                ask(server.address(), "CREATE TABLE kept AS SELECT 'here' AS word");
            }
            awaitEnd(process);
            try (EmbeddedPostgres server = start()) {
                assertThat(ask(server.address(), "SELECT word FROM kept")).isEqualTo("here");
            }
        }

        @Test
        void keepsItsPasswordFromOthers() throws IOException {
            start().close();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("password"))))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
            assertThat(Files.list(folder).map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("cluster", "password", "start.lock", "use.lock");
        }

        @Test
        void startsBesideAPidFileThatNamesADeadOrAForeignProcess() throws Exception {
            start().close();
            for (String process :
                    List.of("999999999", String.valueOf(ProcessHandle.current().pid()))) {
                Files.writeString(
                        folder.resolve("cluster").resolve("postmaster.pid"),
                        process + "\n/elsewhere\n1\n5432\n\n127.0.0.1\n1 1\nready\n");
                try (EmbeddedPostgres server = start()) {
                    assertThat(ask(server.address(), "SELECT 1")).isEqualTo("1");
                }
            }
        }

        @Test
        void ofAnotherMajorVersionIsRefused() throws IOException {
            start().close();
            Files.writeString(folder.resolve("cluster").resolve("PG_VERSION"), "16\n");
            assertThatThrownBy(EmbeddedPostgresTest.this::start)
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("made by PostgreSQL 16")
                    .hasMessageContaining("has PostgreSQL 17")
                    .hasMessageContaining("pg_dump");
        }

        @Test
        void whosePasswordIsLostIsRefused() throws IOException {
            start().close();
            Files.delete(folder.resolve("password"));
            assertThatThrownBy(EmbeddedPostgresTest.this::start)
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("password of the database is missing");
        }

        @Test
        void isMadeAnewWhenTheFirstAttemptWasCutShort() throws Exception {
            Files.createDirectories(folder.resolve("cluster.part").resolve("base"));
            try (EmbeddedPostgres server = start()) {
                assertThat(ask(server.address(), "SELECT 1")).isEqualTo("1");
            }
        }
    }

    @Nested
    class SeveralProcesses {
        @Test
        void aServerThatAKilledProcessLeftIsFoundAgainAndEnded() throws Exception {
            Holder killed = new Holder("die");
            killed.end();
            PostmasterFile left = postmaster();
            assertThat(ProcessHandle.of(left.process()).filter(ProcessHandle::isAlive))
                    .isPresent();
            try (EmbeddedPostgres server = start()) {
                assertThat(server.address().place()).isEqualTo(killed.place);
                assertThat(ask(server.address(), "SELECT 1")).isEqualTo("1");
            }
            awaitEnd(left.process());
        }

        @Test
        void theServerLivesUntilTheLastOfThemCloses() throws Exception {
            Holder other = new Holder("close");
            long process = postmaster().process();
            try (EmbeddedPostgres server = start()) {
                assertThat(server.address().place()).isEqualTo(other.place);
            }
            assertThat(ProcessHandle.of(process).filter(ProcessHandle::isAlive)).isPresent();
            other.end();
            awaitEnd(process);
        }
    }

    @Nested
    class AsRoot {
        @BeforeEach
        void onlyRootCanBecomeOthers() throws IOException {
            assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(temporary, "unix:uid")), "root only");
        }

        @Test
        void aUserNamespaceIsUsedWhereItIsAllowed() throws Exception {
            assumeTrue(Program.in(temporary)
                    .run(List.of("unshare", "-U", "id", "-un"), "")
                    .isSuccess());
            assertThat(ownerOfClusterWithout(Set.of())).isEqualTo("root");
        }

        @Test
        void theUserNobodyIsUsedElsewhere() throws Exception {
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.createDirectories(folder);
            assertThat(ownerOfClusterWithout(Set.of("unshare"))).isEqualTo("nobody");
        }

        @Test
        void nobodyMayEnterAClosedFolderByACapability() throws Exception {
            assertThat(ownerOfClusterWithout(Set.of("unshare", "runuser"))).isEqualTo("nobody");
        }

        @Test
        void runuserDoesWhereSetprivIsMissing() throws Exception {
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.createDirectories(folder);
            assertThat(ownerOfClusterWithout(Set.of("unshare", "setpriv"))).isEqualTo("nobody");
        }

        @Test
        void theDataGoesWithTheWayThatWorksNow() throws Exception {
            assumeTrue(Program.in(temporary)
                    .run(List.of("unshare", "-U", "id", "-un"), "")
                    .isSuccess());
            assertThat(ownerOfClusterWithout(Set.of("unshare"))).isEqualTo("nobody");
            assertThat(ownerOfClusterWithout(Set.of())).isEqualTo("root");
            assertThat(ownerOfClusterWithout(Set.of("unshare"))).isEqualTo("nobody");
        }

        @Test
        void theMessageSaysWhatToDoWhereNothingWorks() {
            assertThatThrownBy(() -> ownerOfClusterWithout(Set.of("unshare", "setpriv", "runuser")))
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("refuses to run as root")
                    .hasMessageContaining("normal user")
                    .hasMessageContaining("DATABASE_URL");
        }

        private String ownerOfClusterWithout(Set<String> missing) throws IOException, SQLException {
            EmbeddedPostgres.Options options = TestPostgres.durable(folder);
            EmbeddedPostgres.Options withOwnPrograms =
                    missing.isEmpty() ? options : EmbeddedPostgres.Options.in(folder);
            try (EmbeddedPostgres server =
                    EmbeddedPostgres.start(withOwnPrograms, true, place -> lacking(missing, Program.in(place)))) {
                assertThat(ask(server.address(), "SELECT 1")).isEqualTo("1");
                return Files.getOwner(folder.resolve("cluster")).getName();
            }
        }

        private static Program lacking(Set<String> missing, Program real) {
            return (command, input) -> missing.contains(command.getFirst())
                    ? new Program.Ended(Program.NOT_RUN, "not found")
                    : real.run(command, input);
        }
    }

    private EmbeddedPostgres start() {
        return EmbeddedPostgres.start(TestPostgres.durable(folder));
    }

    private PostmasterFile postmaster() throws IOException {
        return PostmasterFile.read(folder.resolve("cluster")).orElseThrow();
    }

    private static String ask(JdbcAddress address, String statement) throws SQLException {
        return TestPostgres.ask(address, statement);
    }

    /** The process removes its pid file a moment before it ends. */
    private static void awaitEnd(long process) {
        await().until(() ->
                ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty());
    }

    /** Another process that uses the database. */
    private final class Holder {
        private final Process process;
        private final String place;

        Holder(String ending) throws IOException {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "-Dpostgresql.programs=" + TestPostgres.programs(),
                            StartAndHold.class.getName(),
                            folder.toString(),
                            ending)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            place = Optional.ofNullable(
                            new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine())
                    .orElseThrow();
        }

        void end() throws IOException, InterruptedException {
            process.getOutputStream().close();
            assertThat(process.waitFor(30, SECONDS)).isTrue();
        }
    }
}
