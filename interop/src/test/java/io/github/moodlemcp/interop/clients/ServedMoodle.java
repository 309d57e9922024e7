package io.github.moodlemcp.interop.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.moodlemcp.protocol.bridge.SiteState;
import io.github.moodlemcp.testkit.bridge.PairingVisit;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension.Script;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service as its own program with its own database, and one person with a key and a scripted browser. */
final class ServedMoodle implements AutoCloseable {
    /** The runnable service, where the build of moodle-mcp-distribution leaves it. */
    static final Path PROGRAM = Path.of("..", "moodle-mcp-distribution", "target", "moodle-mcp", "moodle-mcp.jar");

    private static final String ACCOUNT = "owner@localhost";
    private static final String EXTENSION_ID = "hmbhfmhalpcgecgadelbgdnlakjnbdag";
    private static final Pattern LINK = Pattern.compile("http\\S+/sign-in\\?link=\\S+");

    private final Process service;
    private final int port;
    private final String key;
    private final ScriptedExtension browser;

    private ServedMoodle(Process service, int port, String key, ScriptedExtension browser) {
        this.service = service;
        this.port = port;
        this.key = key;
        this.browser = browser;
    }

    /** Starts it, with a browser that answers as the script says. */
    static ServedMoodle start(Path data, Script script) throws IOException {
        int port = freePort();
        Process service = program("serve", "--data", data.toString(), "--port", String.valueOf(port));
        try {
            URI link = signInLink(service);
            String key = printedBy("create-key", "--data", data.toString(), "--email", ACCOUNT)
                    .strip();
            return new ServedMoodle(service, port, key, browser(port, link, script));
        } catch (IOException | RuntimeException | Error e) {
            service.destroy();
            throw e;
        }
    }

    /** The base address. */
    String url() {
        return "http://localhost:" + port;
    }

    String key() {
        return key;
    }

    /** The browser, for what its script does not answer. */
    ScriptedExtension browser() {
        return browser;
    }

    @Override
    public void close() throws InterruptedException {
        browser.close();
        service.destroy();
        if (!service.waitFor(30, TimeUnit.SECONDS)) {
            service.destroyForcibly();
        }
    }

    private static ScriptedExtension browser(int port, URI signInLink, Script script) {
        URI webSocket = URI.create("ws://localhost:" + port + "/ws");
        URI base = URI.create("http://localhost:" + port);
        String token = new PairingVisit(base, webSocket, EXTENSION_ID).pair(signInLink);
        SiteState site = new SiteState("moodle.example.edu", "https://moodle.example.edu", "signed_in", 6L, null);
        return ScriptedExtension.open(webSocket, "chrome-extension://" + EXTENSION_ID, token, script)
                .introduce(UUID.randomUUID().toString(), "A scripted browser", List.of(site));
    }

    private static URI signInLink(Process service) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(service.getInputStream(), UTF_8));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            Matcher link = LINK.matcher(line);
            if (link.find()) {
                return URI.create(link.group());
            }
        }
        throw new AssertionError("The service ended before it was ready");
    }

    private static String printedBy(String... arguments) throws IOException {
        return new String(program(arguments).getInputStream().readAllBytes(), UTF_8);
    }

    private static Process program(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                PROGRAM.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("DATABASE_URL");
        return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
