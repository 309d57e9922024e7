package io.github.moodlemcp.distribution.startup;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The folder that keeps everything of one service: database, generated secrets, settings file. Only its owner may look
 * inside. Safe for use by many threads.
 */
public final class DataFolder {
    private final Path path;

    private DataFolder(Path path) {
        this.path = path;
    }

    /**
     * Opens the folder, making it if it is absent.
     *
     * @throws StartupException when it cannot be made or written
     */
    public static DataFolder open(Path path) {
        try {
            PrivateFiles.createFolder(path);
            Files.delete(Files.createTempFile(path, "write-test-", ""));
            return new DataFolder(path.toRealPath());
        } catch (IOException e) {
            throw new StartupException(
                    "The data folder cannot be written",
                    path.toAbsolutePath() + " (" + reason(e) + ")",
                    "Choose another one with --data or DATA_DIR, or give this user write access to it.",
                    e);
        }
    }

    public Path path() {
        return path;
    }

    /**
     * Takes the folder for the one service that may run on it.
     *
     * @throws StartupException when another service has it
     */
    public FolderLock lockForService() {
        Path file = path.resolve("service.lock");
        return locked(() -> FolderLock.tryTake(file))
                .orElseThrow(() -> new StartupException(
                        "Another service runs on this data folder",
                        path.toString(),
                        "Use that one, stop it, or choose another folder with --data."));
    }

    /** The secret in the file of this name, made by {@code generator} when there is none yet. */
    public String secret(String name, Supplier<String> generator) {
        Path file = path.resolve(name);
        try {
            return PrivateFiles.readOrCreate(file, generator);
        } catch (IOException e) {
            throw new StartupException(
                    "A secret of the service cannot be read or kept",
                    file + " (" + reason(e) + ")",
                    "Give this user access to the file.",
                    e);
        }
    }

    private Optional<FolderLock> locked(LockAttempt attempt) {
        try {
            return attempt.run();
        } catch (IOException e) {
            throw new StartupException(
                    "The data folder cannot be locked",
                    path + " (" + reason(e) + ")",
                    "Put it on a file system with file locks, or choose another one with --data.",
                    e);
        }
    }

    /** What an I/O error says beyond the path that it names, in a few words. */
    public static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "access denied";
        }
        if (e instanceof NoSuchFileException) {
            return "not there";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "a file is in the way";
        }
        String message = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    @FunctionalInterface
    private interface LockAttempt {
        Optional<FolderLock> run() throws IOException;
    }
}
