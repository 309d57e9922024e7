package io.github.moodlemcp.distribution.startup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;

/** Files and folders that nobody but their owner can read, where the file system knows owners. */
public final class PrivateFiles {
    private PrivateFiles() {}

    /** Makes the folder with its parents; one that is there already stays as it is. */
    public static void createFolder(Path folder) throws IOException {
        Files.createDirectories(folder, attributes("rwx------"));
    }

    /** Writes the file whole: no reader ever sees a part of it. */
    public static void write(Path file, String content) throws IOException {
        Path draft = Files.createTempFile(folderOf(file), "draft-", "", attributes("rw-------"));
        try {
            Files.writeString(draft, content, UTF_8);
            Files.move(draft, file, ATOMIC_MOVE, REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    static String readOrCreate(Path file, Supplier<String> generator) throws IOException {
        if (Files.notExists(file)) {
            write(file, generator.get() + "\n");
        }
        String content = Files.readString(file, UTF_8).strip();
        if (content.isEmpty()) {
            throw new IOException("the file is empty");
        }
        return content;
    }

    private static Path folderOf(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException("Not a file: " + file);
        }
        return folder;
    }

    private static FileAttribute<?>[] attributes(String permissions) {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }
}
