package io.github.moodlemcp.testkit.moodle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoMoodleMainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void aPortInUseIsToldInThreeParts() throws IOException {
        try (DemoMoodle first = DemoMoodle.start()) {
            int port = first.wwwroot().getPort();

            assertThat(run("--port", Integer.toString(port))).isEqualTo(1);
            assertThat(err.toString(UTF_8))
                    .contains("cannot start", "port " + port, "--port")
                    .doesNotContain("Exception", "\tat ");
            assertThat(out.toString(UTF_8)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--port", "--port x", "--port 70000", "--path moodle", "--path /demo/x", "--bind 0.0.0.0", "x"})
    void wrongArgumentsAreToldWithTheUsage(String arguments) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("The arguments are wrong", "Usage:");
    }

    @Test
    void onlyTheLoopbackAddressIsBound() throws IOException {
        byte[] otherLoopback = {127, 0, 0, 2};
        try (DemoMoodle moodle = DemoMoodle.start();
                ServerSocket free =
                        new ServerSocket(moodle.wwwroot().getPort(), 1, InetAddress.getByAddress(otherLoopback))) {
            assertThat(free.isBound()).isTrue();
        }
    }

    @Test
    void aClosedOneDoesNotAnswer() throws IOException {
        DemoMoodle moodle = DemoMoodle.start();
        moodle.close();

        try (TestBrowser browser = new TestBrowser(moodle)) {
            assertThatThrownBy(() -> browser.get("/login/index.php")).hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void itRunsUntilItIsTerminated() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DemoMoodleMain.class.getName(),
                        "--port",
                        "0")
                .start();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
                HttpClient client = HttpClient.newHttpClient()) {
            String line = lines.readLine();
            assertThat(line).startsWith("Demo Moodle runs at http://127.0.0.1:").contains("anna / anna-demo");
            URI login = URI.create(line.split(" ")[4] + "/login/index.php");
            var page = client.send(HttpRequest.newBuilder(login).build(), BodyHandlers.ofString());
            assertThat(page.statusCode()).isEqualTo(200);

            process.destroy();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    private int run(String... arguments) {
        return DemoMoodleMain.run(arguments, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }
}
