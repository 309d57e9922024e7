package io.github.moodlemcp.distribution.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.APPEND;

import io.github.moodlemcp.distribution.startup.PrivateFiles;
import io.github.moodlemcp.distribution.startup.StartupException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One PostgreSQL cluster on disk and the server on it. Whoever uses it takes care that nobody else starts or stops it
 * at the same time.
 */
final class PostgresCluster {
    static final String DATABASE = "moodle_mcp";
    static final String USER = "moodle_mcp";

    private static final String OWN_SETTINGS = "moodle-mcp.conf";
    private static final long LOG_BYTES = 1 << 20;
    private static final int ATTEMPTS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final PostgresBinaries binaries;
    private final Path folder;
    private final Path cluster;
    private final RunAs runAs;
    private final Program program;
    private final Map<String, String> settings;

    /**
     * @param folder holds the cluster, its log and nothing that others need
     * @param settings PostgreSQL's settings beyond our own
     */
    PostgresCluster(
            PostgresBinaries binaries, Path folder, RunAs runAs, Program program, Map<String, String> settings) {
        this.binaries = binaries;
        this.folder = folder;
        this.cluster = folder.resolve("cluster");
        this.runAs = runAs;
        this.program = program;
        this.settings = Map.copyOf(settings);
    }

    boolean exists() {
        return Files.exists(cluster);
    }

    /** Makes the cluster, with our database and a user for it who has this password. A broken attempt leaves nothing. */
    void create(String password) throws IOException {
        Path draft = folder.resolve("cluster.part");
        FileTree.delete(draft);
        PrivateFiles.createFolder(draft);
        Path passwordFile = folder.resolve("password.part");
        PrivateFiles.write(passwordFile, password);
        try {
            runAs.own(draft);
            runAs.own(passwordFile);
            run("initdb", initdbArguments(draft, passwordFile));
            Files.writeString(draft.resolve("postgresql.conf"), "\ninclude '" + OWN_SETTINGS + "'\n", APPEND);
            Files.writeString(draft.resolve(OWN_SETTINGS), "");
            createDatabase(draft, password);
            Files.move(draft, cluster, ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(passwordFile);
        }
    }

    private static List<String> initdbArguments(Path draft, Path passwordFile) {
        return List.of(
                "--pgdata=" + draft,
                "--username=postgres",
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums",
                "--no-instructions");
    }

    private void createDatabase(Path draft, String password) {
        String statements = """
                CREATE ROLE %1$s LOGIN PASSWORD '%3$s'
                CREATE DATABASE %2$s OWNER %1$s
                """.formatted(USER, DATABASE, password);
        List<String> arguments =
                List.of("--single", "-c", "log_min_error_statement=panic", "-D", draft.toString(), "postgres");
        Program.Ended ended = attempt("postgres", arguments, statements);
        if (!ended.isSuccess() || ended.output().contains("ERROR:")) {
            throw failure("postgres", ended.output());
        }
    }

    /** @throws StartupException when the cluster was made by another major version of PostgreSQL */
    void checkVersion() throws IOException {
        String version = Files.readString(cluster.resolve("PG_VERSION"), UTF_8).strip();
        if (!version.equals(PostgresBinaries.MAJOR_VERSION)) {
            throw new StartupException(
                    "The database was made by PostgreSQL " + version
                            + ", and this version of Moodle MCP has PostgreSQL " + PostgresBinaries.MAJOR_VERSION,
                    cluster.toString(),
                    "Run the version of Moodle MCP that made it, or move the data with PostgreSQL's pg_dump.");
        }
    }

    /** The port of a server that runs on the cluster already; waits while it starts or stops. */
    Optional<Integer> portOfRunningServer() throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Optional<PostmasterFile> file = PostmasterFile.read(cluster);
            if (file.isEmpty() || !file.get().isServing(cluster)) {
                return Optional.empty();
            }
            if (file.get().isReady()) {
                return file.map(PostmasterFile::port);
            }
            pause();
        }
        throw new StartupException(
                "The database server neither becomes ready nor ends",
                logFile().toString(),
                "Look into this file, end the server, and start again.");
    }

    /** Starts a server that listens on a free port of the loopback interface only. */
    int start() throws IOException {
        runAs.own(cluster);
        removeForeignPidFile();
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            writeSettings(port);
            Program.Ended started = attempt(
                    "pg_ctl",
                    List.of(
                            "start",
                            "-w",
                            "-t",
                            "60",
                            "-D",
                            cluster.toString(),
                            "-l",
                            freshLog().toString()),
                    "");
            if (started.isSuccess()) {
                return port;
            }
            if (attempt == ATTEMPTS || !lastOfLog().contains("could not create any TCP/IP sockets")) {
                throw failure("pg_ctl", lastOfLog().isEmpty() ? started.output() : lastOfLog());
            }
        }
    }

    /** Ends the server: its clients are disconnected, what was committed is on disk. */
    void stop() {
        run("pg_ctl", List.of("stop", "-w", "-t", "60", "-m", "fast", "-D", cluster.toString()));
    }

    /** PostgreSQL trusts a process id in this file even when another program has it now. */
    private void removeForeignPidFile() throws IOException {
        Optional<PostmasterFile> file = PostmasterFile.read(cluster);
        if (file.isPresent() && !file.get().isServing(cluster)) {
            Files.delete(cluster.resolve("postmaster.pid"));
        }
    }

    private void writeSettings(int port) throws IOException {
        StringBuilder text = new StringBuilder("""
                # Written at each start.
                port = %d
                listen_addresses = '127.0.0.1'
                unix_socket_directories = ''
                max_connections = 50
                shared_buffers = '32MB'
                fsync = on
                synchronous_commit = on
                jit = off
                timezone = 'UTC'
                log_timezone = 'UTC'
                # No content of the database goes to the log.
                log_error_verbosity = terse
                log_min_error_statement = panic
                """.formatted(port));
        settings.forEach(
                (name, value) -> text.append(name).append(" = '").append(value).append("'\n"));
        Files.writeString(cluster.resolve(OWN_SETTINGS), text, UTF_8);
        runAs.own(cluster.resolve(OWN_SETTINGS));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Path logFile() {
        return cluster.resolve("server.log");
    }

    private Path freshLog() throws IOException {
        Path log = logFile();
        if (Files.exists(log) && Files.size(log) > LOG_BYTES) {
            Files.delete(log);
        }
        return log;
    }

    private String lastOfLog() throws IOException {
        Path log = logFile();
        if (Files.notExists(log)) {
            return "";
        }
        List<String> lines = Files.readAllLines(log, UTF_8);
        return String.join(" ", lines.subList(Math.max(0, lines.size() - ATTEMPTS), lines.size()));
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the database server starts", e);
        }
    }

    private void run(String name, List<String> arguments) {
        Program.Ended ended = attempt(name, arguments, "");
        if (!ended.isSuccess()) {
            throw failure(name, ended.output());
        }
    }

    private Program.Ended attempt(String name, List<String> arguments, String input) {
        List<String> command = new ArrayList<>(List.of(binaries.program(name)));
        command.addAll(arguments);
        return program.run(runAs.command(command), input);
    }

    private StartupException failure(String name, String output) {
        return new StartupException(
                "PostgreSQL's " + name + " failed",
                output.lines().reduce("", (first, line) -> first + " " + line).strip(),
                "Put right what it names, or set DATABASE_URL to a PostgreSQL that runs elsewhere.");
    }
}
