package io.github.moodlemcp.distribution.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs a program of the system to its end. */
@FunctionalInterface
interface Program {
    /** The exit code of a program that could not be run at all. */
    int NOT_RUN = 127;

    /**
     * What came of it.
     *
     * @param output both output streams, without surrounding white space
     */
    record Ended(int exitCode, String output) {
        boolean isSuccess() {
            return exitCode == 0;
        }
    }

    /** Runs the command with this text as its input. */
    Ended run(List<String> command, String input);

    /** A program that runs in {@code folder}, for two minutes at most. */
    static Program in(Path folder) {
        return (command, input) -> {
            try {
                return runIn(folder, command, input);
            } catch (IOException e) {
                return new Ended(NOT_RUN, String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Ended(NOT_RUN, "interrupted");
            }
        };
    }

    private static Ended runIn(Path folder, List<String> command, String input)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output-", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
            builder.environment().put("LC_ALL", "C");
            Process process = builder.start();
            feed(process, input);
            if (!process.waitFor(120, SECONDS)) {
                process.destroyForcibly();
                return new Ended(NOT_RUN, "no end within 120 s");
            }
            return new Ended(
                    process.exitValue(), Files.readString(output, UTF_8).strip());
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static void feed(Process process, String input) {
        try (OutputStream stream = process.getOutputStream()) {
            stream.write(input.getBytes(UTF_8));
        } catch (IOException e) {
            // The program ended without reading it; its exit code says why.
            process.onExit();
        }
    }
}
