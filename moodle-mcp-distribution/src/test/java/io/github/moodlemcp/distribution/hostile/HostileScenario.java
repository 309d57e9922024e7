package io.github.moodlemcp.distribution.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.moodlemcp.protocol.bridge.ExtensionFrame;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension.Script;
import io.github.moodlemcp.testkit.mcp.McpTestClient;
import io.github.moodlemcp.testkit.mcp.McpTestClient.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A service in a process of its own, and Ben, whose browser is connected and whose calls must succeed all the while. */
abstract class HostileScenario {
    static final int EACH = 20;
    static final int MEBIBYTE = 1 << 20;

    static HostileProcess service;
    final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    final List<HostileSocket> held = new ArrayList<>();
    final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor();
    private ScriptedExtension bens;
    private McpTestClient ben;

    @BeforeAll
    static void start() throws IOException {
        service = new HostileProcess(2000, 2000, HostileService.HELLO_SECONDS, HostileService.NO_PROXY);
    }

    @AfterAll
    static void stop() throws IOException {
        service.close();
    }

    @BeforeEach
    void connectBen() {
        String token = "account-" + UUID.randomUUID();
        bens = ScriptedExtension.open(
                        URI.create("ws://127.0.0.1:" + service.port() + "/ws"),
                        "chrome-extension://" + HostileService.EXTENSION_ID,
                        token,
                        Script.replying(JsonNodeFactory.instance.objectNode()))
                .introduce(UUID.randomUUID().toString(), "Ben's", List.of());
        ben = client(token);
        beat(() -> bens.send(new ExtensionFrame.Ping(bens.nextId())));
    }

    void beat(Runnable ping) {
        beats.scheduleAtFixedRate(ping, 1, 1, TimeUnit.SECONDS);
    }

    @AfterEach
    void leave() throws IOException {
        beats.shutdownNow();
        bens.close();
        for (HostileSocket socket : held) {
            socket.close();
        }
        threads.close();
    }

    @FunctionalInterface
    interface Doing<T> {
        T with(int number) throws IOException;
    }

    <T> List<CompletableFuture<T>> many(int count, Doing<T> doing) {
        return IntStream.range(0, count)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return doing.with(i);
                            } catch (IOException e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        threads))
                .toList();
    }

    void assertBensCallsSucceed() {
        for (int i = 0; i < 5; i++) {
            assertThat(outcomeOf(ben.callTool("list_courses", JsonNodeFactory.instance.objectNode())))
                    .isEqualTo("done");
        }
    }

    static McpTestClient client(String token) {
        return new McpTestClient(URI.create("http://127.0.0.1:" + service.port() + "/mcp"), token);
    }

    static String outcomeOf(Answer answer) {
        return answer.body()
                .path("result")
                .path("_meta")
                .path("io.github.moodlemcp/outcome")
                .asText();
    }

    static boolean isGone(HostileSocket socket, byte[] next) {
        try {
            socket.send(next);
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    static byte[] text(int length) {
        byte[] text = new byte[length];
        Arrays.fill(text, (byte) 'x');
        return text;
    }
}
