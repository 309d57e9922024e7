package io.github.moodlemcp.distribution.database;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import org.jspecify.annotations.Nullable;

/** A folder with all that is in it. Links are never followed. */
final class FileTree {
    private FileTree() {}

    /** Deletes the tree if it is there. */
    static void delete(Path root) throws IOException {
        if (Files.exists(root)) {
            Files.walkFileTree(root, visitor(Files::delete));
        }
    }

    /** Gives the tree to the user, unless the user has its root already. */
    static void giveTo(String user, Path root) throws IOException {
        UserPrincipal owner =
                root.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user);
        if (!Files.getOwner(root).equals(owner)) {
            Files.walkFileTree(root, visitor(path -> Files.setOwner(path, owner)));
        }
    }

    private static SimpleFileVisitor<Path> visitor(Action action) {
        return new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                action.on(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                action.on(folder);
                return FileVisitResult.CONTINUE;
            }
        };
    }

    @FunctionalInterface
    private interface Action {
        void on(Path path) throws IOException;
    }
}
