package io.github.moodlemcp.distribution.database;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import io.github.moodlemcp.distribution.startup.DataFolder;
import io.github.moodlemcp.distribution.startup.StartupException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs, which come as an archive on the class path and are unpacked once. */
final class PostgresBinaries {
    static final String VERSION = "17.11";
    static final String MAJOR_VERSION = "17";

    private final Path folder;

    private PostgresBinaries(Path folder) {
        this.folder = folder;
    }

    /**
     * The programs in their folder inside {@code parent}; unpacks them when they are not there yet. Nobody else may do
     * the same in this folder at the same time.
     *
     * @throws StartupException when there are none for this system, or no room for them
     */
    static PostgresBinaries unpackedIn(Path parent) {
        Path folder = parent.resolve("bin-" + VERSION);
        if (Files.isDirectory(folder)) {
            return new PostgresBinaries(folder);
        }
        String archive = archiveName(System.getProperty("os.name"), System.getProperty("os.arch"));
        try (InputStream resource = PostgresBinaries.class.getResourceAsStream("/" + archive)) {
            if (resource == null) {
                throw new StartupException(
                        "No PostgreSQL for this system is included",
                        System.getProperty("os.name") + " on " + System.getProperty("os.arch"),
                        "Set DATABASE_URL to a PostgreSQL that runs elsewhere.");
            }
            unpack(resource, folder);
            return new PostgresBinaries(folder);
        } catch (IOException e) {
            throw new StartupException(
                    "PostgreSQL cannot be unpacked",
                    folder + " (" + DataFolder.reason(e) + ")",
                    "Make room on the disk, about 150 MB, or choose another folder with --data.",
                    e);
        }
    }

    /** The name of the archive for an operating system and an architecture as Java calls them. */
    static String archiveName(String system, String architecture) {
        String name = system.toLowerCase(Locale.ROOT);
        String family = name.startsWith("windows") ? "windows" : name.startsWith("mac") ? "darwin" : "linux";
        String processor = architecture.equals("aarch64") ? "arm_64" : "x86_64";
        return "postgres-" + family + "-" + processor + ".txz";
    }

    /** The path of a program, such as {@code initdb}. */
    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }

    private static void unpack(InputStream archive, Path folder) throws IOException {
        Path draft = folder.resolveSibling(folder.getFileName() + ".part");
        FileTree.delete(draft);
        Files.createDirectories(draft);
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (isNeeded(entry.getName())) {
                    unpack(tar, entry, draft);
                }
            }
        }
        Files.move(draft, folder, ATOMIC_MOVE);
    }

    private static boolean isNeeded(String name) {
        return !name.endsWith(".a") && !name.contains("/pkgconfig/") && !name.contains("/pgxs/");
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder) throws IOException {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("the archive points out of its folder");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        if (Files.getFileStore(target).supportsFileAttributeView("posix")) {
            boolean runs = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
