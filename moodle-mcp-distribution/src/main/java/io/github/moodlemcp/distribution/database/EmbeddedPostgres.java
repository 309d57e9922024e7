package io.github.moodlemcp.distribution.database;

import io.github.moodlemcp.distribution.startup.DataFolder;
import io.github.moodlemcp.distribution.startup.FolderLock;
import io.github.moodlemcp.distribution.startup.PrivateFiles;
import io.github.moodlemcp.distribution.startup.StartupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * A PostgreSQL of our own that keeps its data in a folder.
 *
 * <p>One server serves all processes that use the folder: the first starts it, the last ends it. A server that a killed
 * process left running is found again. Safe for use by many threads.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path folder;
    private final PostgresCluster cluster;
    private final FolderLock use;
    private final JdbcAddress address;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedPostgres(Path folder, PostgresCluster cluster, FolderLock use, JdbcAddress address) {
        this.folder = folder;
        this.cluster = cluster;
        this.use = use;
        this.address = address;
    }

    /**
     * Where and how.
     *
     * @param folder keeps the data; made if absent
     * @param programs keeps the unpacked programs of PostgreSQL, which several databases may share
     * @param settings PostgreSQL's settings beyond our own
     */
    public record Options(Path folder, Path programs, Map<String, String> settings) {
        public Options {
            settings = Map.copyOf(settings);
        }

        /** Durable, with everything in this folder. */
        public static Options in(Path folder) {
            return new Options(folder, folder, Map.of());
        }
    }

    /**
     * Starts the server, or joins the one that runs on the folder.
     *
     * @throws StartupException when PostgreSQL cannot run here or not on this data
     */
    public static EmbeddedPostgres start(Options options) {
        return start(options, isRoot(), Program::in);
    }

    /** @param programs gives what runs programs in a folder */
    static EmbeddedPostgres start(Options options, boolean isRoot, Function<Path, Program> programs) {
        try {
            PrivateFiles.createFolder(options.folder());
            Files.createDirectories(options.programs());
            Path folder = options.folder().toRealPath();
            Program program = programs.apply(folder);
            RunAs runAs = isRoot ? RunAs.insteadOfRoot(folder, program) : RunAs.self();
            PostgresBinaries binaries;
            try (FolderLock unpacking = await(options.programs().resolve("unpack.lock"))) {
                binaries = PostgresBinaries.unpackedIn(options.programs().toRealPath());
            }
            return start(folder, new PostgresCluster(binaries, folder, runAs, program, options.settings()));
        } catch (IOException e) {
            throw new StartupException(
                    "The database's files cannot be used",
                    options.folder() + " (" + DataFolder.reason(e) + ")",
                    "Give this user access to them, or choose another folder with --data.",
                    e);
        }
    }

    private static EmbeddedPostgres start(Path folder, PostgresCluster cluster) throws IOException {
        try (FolderLock starting = await(startLock(folder))) {
            String password = password(folder, cluster);
            if (!cluster.exists()) {
                cluster.create(password);
            }
            cluster.checkVersion();
            FolderLock use = takePlace(folder);
            try {
                Optional<Integer> running = cluster.portOfRunningServer();
                int port = running.isPresent() ? running.get() : cluster.start();
                return new EmbeddedPostgres(folder, cluster, use, JdbcAddress.embedded(port, password));
            } catch (IOException | RuntimeException e) {
                use.close();
                throw e;
            }
        }
    }

    /** Where our database is, with the user and the password for it. */
    public JdbcAddress address() {
        return address;
    }

    /** Ends the server unless another process uses it. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try (FolderLock stopping = await(startLock(folder))) {
            use.close();
            Optional<FolderLock> all = FolderLock.tryTake(useLock(folder));
            if (all.isPresent()) {
                all.get().close();
                cluster.stop();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String password(Path folder, PostgresCluster cluster) throws IOException {
        Path file = folder.resolve("password");
        if (Files.notExists(file)) {
            if (cluster.exists()) {
                throw new StartupException(
                        "The password of the database is missing", file.toString(), "Put the file back from a backup.");
            }
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            PrivateFiles.write(file, HexFormat.of().formatHex(random) + "\n");
        }
        return Files.readString(file).strip();
    }

    private static Path startLock(Path folder) {
        return folder.resolve("start.lock");
    }

    private static Path useLock(Path folder) {
        return folder.resolve("use.lock");
    }

    /** Each user of the server holds one place of the file, so that the last one can see that it is the last. */
    private static FolderLock takePlace(Path folder) throws IOException {
        SecureRandom random = new SecureRandom();
        while (true) {
            Optional<FolderLock> place = FolderLock.tryTakePlace(useLock(folder), random.nextLong(1L << 40));
            if (place.isPresent()) {
                return place.get();
            }
        }
    }

    private static FolderLock await(Path file) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Optional<FolderLock> lock = FolderLock.tryTake(file);
            if (lock.isPresent()) {
                return lock.get();
            }
            pause();
        }
        throw new StartupException(
                "Another process starts or stops the database and does not come to an end",
                file.toString(),
                "Find the process that holds this file, and end it.");
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the database", e);
        }
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return "root".equals(System.getProperty("user.name"));
        }
    }
}
