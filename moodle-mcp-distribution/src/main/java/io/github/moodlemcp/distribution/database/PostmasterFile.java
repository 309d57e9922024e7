package io.github.moodlemcp.distribution.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code postmaster.pid} says about the server of a cluster, which may be gone by now.
 *
 * @param process the process id of the server
 * @param port where it listens; 0 while it starts
 * @param isReady whether it takes connections
 */
record PostmasterFile(long process, int port, boolean isReady) {
    private static final int PORT_LINE = 3;
    private static final int STATUS_LINE = 7;

    /** The file of this cluster; empty when there is none. */
    static Optional<PostmasterFile> read(Path cluster) throws IOException {
        try {
            return parse(Files.readAllLines(cluster.resolve("postmaster.pid"), UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    static Optional<PostmasterFile> parse(List<String> lines) {
        try {
            return Optional.of(new PostmasterFile(
                    Long.parseLong(line(lines, 0)),
                    number(line(lines, PORT_LINE)),
                    line(lines, STATUS_LINE).equals("ready")));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether the process lives and, as far as can be seen, serves this cluster. */
    boolean isServing(Path cluster) {
        return ProcessHandle.of(process)
                .filter(ProcessHandle::isAlive)
                .map(handle -> handle.info().arguments())
                .map(arguments ->
                        arguments.isEmpty() || List.of(arguments.get()).contains(cluster.toString()))
                .orElse(false);
    }

    private static String line(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index).strip() : "";
    }

    private static int number(String text) {
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }
}
