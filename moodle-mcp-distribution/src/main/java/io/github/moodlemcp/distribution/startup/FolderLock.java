package io.github.moodlemcp.distribution.startup;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A lock among processes, held on a file. The system releases it when its process ends, however that ends.
 *
 * <p>Holds one byte or all bytes of the file, so that many may each hold a place of their own while one may ask for the
 * whole.
 */
public final class FolderLock implements AutoCloseable {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the whole file; empty when somebody holds any of it. */
    public static Optional<FolderLock> tryTake(Path file) throws IOException {
        return tryTake(file, 0, Long.MAX_VALUE);
    }

    /** Takes one place in the file; empty when somebody holds that place. */
    public static Optional<FolderLock> tryTakePlace(Path file, long place) throws IOException {
        return tryTake(file, place, 1);
    }

    private static Optional<FolderLock> tryTake(Path file, long position, long size) throws IOException {
        FileChannel channel = FileChannel.open(file, CREATE, WRITE);
        try {
            if (tryLock(channel, position, size) != null) {
                return Optional.of(new FolderLock(channel));
            }
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return Optional.empty();
    }

    private static @Nullable FileLock tryLock(FileChannel channel, long position, long size) throws IOException {
        try {
            return channel.tryLock(position, size, false);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
