package io.github.moodlemcp.distribution.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.moodlemcp.distribution.boot.Main;
import io.github.moodlemcp.portal.credential.ApiKeys;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as people run it: processes, signals, one data folder. */
@Tag("slow")
final class ServeProcessTest {
    private static final int TERMINATED = 128 + 15;

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endWhatIsLeft() throws InterruptedException {
        for (Process process : started) {
            process.destroy();
            assertThat(process.waitFor(30, SECONDS)).isTrue();
        }
    }

    @Test
    void aServiceIsUsedStoppedAndFoundAgain() throws Exception {
        Process serve = start("serve", "--data", folder.toString(), "--port", freePort());
        List<String> greeting = lines(serve, 3);
        String base = greeting.get(0).replace("Moodle MCP: ", "");
        assertThat(greeting.get(1)).isEqualTo("Data folder: " + folder.toRealPath());
        assertThat(greeting.get(2)).startsWith("Sign in here (works once, 10 minutes): " + base + "/sign-in?link=");
        long postgres = postgres();

        String key = output(0, "create-key", "--data", folder.toString(), "--email", "anna@example.org");
        assertThat(ApiKeys.isWellFormed(key)).isTrue();
        assertThat(statusOfCallWith(key, base)).isEqualTo(200);
        assertThat(output(ExitCodes.FAILED, "serve", "--data", folder.toString(), "--port", freePort()))
                .isEmpty();
        assertThat(isAlive(postgres)).isTrue();

        serve.destroy();
        assertThat(serve.waitFor(20, SECONDS)).isTrue();
        assertThat(serve.exitValue()).isEqualTo(TERMINATED);
        await().until(() -> !isAlive(postgres));

        String second = output(0, "create-key", "--data", folder.toString(), "--email", "anna@example.org");
        assertThat(Files.exists(folder.resolve("postgresql").resolve("cluster").resolve("postmaster.pid")))
                .isFalse();
        Process again = start("serve", "--data", folder.toString(), "--port", freePort());
        String newBase = lines(again, 3).getFirst().replace("Moodle MCP: ", "");
        assertThat(statusOfCallWith(key, newBase)).isEqualTo(200);
        assertThat(statusOfCallWith(second, newBase)).isEqualTo(200);
        assertThat(statusOfCallWith(key.replace("mmcp_", "mmcp-"), newBase)).isEqualTo(401);
    }

    @Test
    void aServiceThatWasKilledLeavesNothingInTheWay() throws Exception {
        Process serve = start("serve", "--data", folder.toString(), "--port", freePort());
        lines(serve, 3);
        long postgres = postgres();
        serve.destroyForcibly().waitFor();
        assertThat(isAlive(postgres)).isTrue();

        Process again = start("serve", "--data", folder.toString(), "--port", freePort());
        lines(again, 3);
        assertThat(postgres()).isEqualTo(postgres);
        again.destroy();
        assertThat(again.waitFor(20, SECONDS)).isTrue();
        await().until(() -> !isAlive(postgres));
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("DATABASE_URL");
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        started.add(process);
        return process;
    }

    private String output(int exitCode, String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(30, SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isEqualTo(exitCode);
        return output.strip();
    }

    private static List<String> lines(Process process, int count) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        List<String> lines = new ArrayList<>();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(line);
            if (lines.size() == count) {
                return lines;
            }
        }
        throw new AssertionError("the process ended after: " + lines);
    }

    private static int statusOfCallWith(String key, String base) throws IOException, InterruptedException {
        HttpRequest call = HttpRequest.newBuilder(URI.create(base + "/mcp"))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(
                        HttpRequest.BodyPublishers.ofString(
                                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
                                        + "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(call, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    private long postgres() throws IOException {
        Path file = folder.resolve("postgresql").resolve("cluster").resolve("postmaster.pid");
        return Long.parseLong(Files.readAllLines(file).getFirst().strip());
    }

    private static boolean isAlive(long process) {
        return ProcessHandle.of(process).filter(ProcessHandle::isAlive).isPresent();
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return String.valueOf(socket.getLocalPort());
        }
    }
}
