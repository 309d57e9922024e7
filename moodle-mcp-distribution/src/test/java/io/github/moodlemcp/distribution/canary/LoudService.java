package io.github.moodlemcp.distribution.canary;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.moodlemcp.distribution.boot.Main;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The program {@code serve} with its own database, which logs all that any of its parts can log. For one thread. */
final class LoudService implements AutoCloseable {
    private static final String LOUD = """
            <configuration>
              <contextListener class="ch.qos.logback.classic.jul.LevelChangePropagator"><resetJUL>true</resetJUL></contextListener>
              <appender name="standard-error" class="ch.qos.logback.core.ConsoleAppender">
                <target>System.err</target>
                <encoder><pattern>%-5level %logger %msg%n%ex{full}</pattern></encoder>
              </appender>
              <root level="TRACE"><appender-ref ref="standard-error"/></root>
            </configuration>
            """;

    private final Path folder;
    private final Map<String, String> settings;
    private final int port;
    private final Process process;

    /** @param folder an empty one, for the data and for what the program prints */
    LoudService(Path folder, Map<String, String> settings) throws IOException {
        this.folder = folder;
        this.settings = settings;
        this.port = freePort();
        Files.writeString(folder.resolve("loud.xml"), LOUD);
        process = start("serve", "--port", String.valueOf(port), "--data", data().toString());
    }

    /** Its data folder. */
    Path data() {
        return folder.resolve("data");
    }

    URI base() {
        return URI.create("http://localhost:" + port);
    }

    URI webSocket() {
        return URI.create("ws://localhost:" + port + "/ws");
    }

    void awaitStart() {
        Awaitility.await().atMost(120, TimeUnit.SECONDS).until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("The service ended: " + printed("serve.err"));
            }
            return printed("serve.out").contains("Sign in here");
        });
    }

    /** What another command of the program prints on its standard output. */
    String command(String name, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(name, "--data", data().toString()));
        all.addAll(List.of(arguments));
        Process command = start(all.toArray(String[]::new));
        if (!command.waitFor(60, TimeUnit.SECONDS) || command.exitValue() != 0) {
            command.destroyForcibly();
            throw new AssertionError(name + " failed: " + printed(name + ".err"));
        }
        return printed(name + ".out");
    }

    /** What was printed so far, by the name of the command and {@code .out} or {@code .err}. */
    String printed(String name) throws IOException {
        return Files.readString(folder.resolve(name), UTF_8);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlogback.configurationFile=" + folder.resolve("loud.xml"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("DATABASE_URL");
        builder.environment().put("PORT", String.valueOf(port));
        builder.environment().putAll(settings);
        return builder.redirectOutput(folder.resolve(arguments[0] + ".out").toFile())
                .redirectError(folder.resolve(arguments[0] + ".err").toFile())
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
