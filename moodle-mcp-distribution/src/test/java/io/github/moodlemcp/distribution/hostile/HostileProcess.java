package io.github.moodlemcp.distribution.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A {@link HostileService} in a process of its own. For one thread. */
final class HostileProcess implements AutoCloseable {
    private static final long HEAP = 384L << 20;

    private final Process process;
    private final BufferedReader answers;
    private final int port;

    /**
     * @param helloSeconds how long a connection may stay without an introduction
     * @param proxy a range of addresses whose word is taken for where a connection comes from
     */
    HostileProcess(int maxStrangers, int maxStrangersPerAddress, int helloSeconds, String proxy) throws IOException {
        // The whole heap is resident from the start, so that what grows beside it shows.
        process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms384m",
                        "-Xmx384m",
                        "-XX:+AlwaysPreTouch",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HostileService.class.getName(),
                        String.valueOf(maxStrangers),
                        String.valueOf(maxStrangersPerAddress),
                        String.valueOf(helloSeconds),
                        proxy))
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

    /** How many bytes of it are resident beside its heap. */
    long besideHeap() throws IOException {
        try (Stream<String> status = Files.lines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
            long resident = status.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .sum();
            return (resident << 10) - HEAP;
        }
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
