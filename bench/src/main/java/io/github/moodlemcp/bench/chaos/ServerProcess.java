package io.github.moodlemcp.bench.chaos;

import io.github.moodlemcp.testkit.chaos.ChaosTarget;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link ChaosServer} in a process of its own. */
final class ServerProcess implements AutoCloseable {
    /** Flags of a server that lives for a minute or two: a longer one earns back what the better compiler costs. */
    static final List<String> FOR_A_MINUTE = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final int STOP_SECONDS = 20;

    private final Process process;
    private final int port;

    private ServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param flags for the Java that runs it
     * @param first folders with classes that are loaded instead of those of the product
     * @param log the file that gets what it says
     * @throws IOException when it does not start
     */
    static ServerProcess start(int accounts, List<String> flags, List<Path> first, Path log) throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        List<String> classPath =
                new ArrayList<>(first.stream().map(Path::toString).toList());
        classPath.add(System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), ChaosServer.class.getName()));
        command.add(Integer.toString(accounts));
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(ChaosServer.LISTENING)) {
                return new ServerProcess(process, Integer.parseInt(line.substring(ChaosServer.LISTENING.length())));
            }
        }
        throw new IOException("The server did not start; " + log + " tells why");
    }

    /** It as something to be put through chaos. */
    ChaosTarget target(int accounts) {
        return new ChaosTarget(
                URI.create("http://127.0.0.1:" + port + "/mcp"),
                URI.create("ws://127.0.0.1:" + port + "/ws"),
                "chrome-extension://" + ChaosServer.EXTENSION_ID,
                ChaosServer.REQUEST_DEADLINE,
                ChaosMembers.of(accounts));
    }

    /** Whether it runs still. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
