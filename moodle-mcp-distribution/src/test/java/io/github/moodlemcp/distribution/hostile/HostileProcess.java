package io.github.moodlemcp.distribution.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link HostileService} in a process of its own. For one thread. */
final class HostileProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final int port;

    HostileProcess(int maxStrangers, int maxStrangersPerAddress) throws IOException {
        process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HostileService.class.getName(),
                        String.valueOf(maxStrangers),
                        String.valueOf(maxStrangersPerAddress)))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        port = Integer.parseInt(answers.readLine());
    }

    int port() {
        return port;
    }

    /** How many bytes of its heap are in use after a collection. */
    long heapInUse() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        return Long.parseLong(answers.readLine());
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
