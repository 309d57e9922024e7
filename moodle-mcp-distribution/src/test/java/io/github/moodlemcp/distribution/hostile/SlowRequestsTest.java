package io.github.moodlemcp.distribution.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.testkit.http.HttpSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whoever lets a request trickle is left; whoever pauses between requests is not. */
class SlowRequestsTest extends HostileScenario {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int SECONDS_OF_HEAD = 10;
    private static final int SECONDS_OF_BODY = 15;
    private static final int SLACK = 20;

    private static final String GOOD = "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    private static final String HANDSHAKE = "GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: x";
    private static final String POST = "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer account-slow\r\n"
            + "Content-Type: application/json\r\n";

    private final List<HttpSocket> open = new ArrayList<>();

    @Test
    void whatTricklesInIsCutOffAndWhoPausesIsNot() throws IOException {
        HttpSocket pausing = served();
        List<CompletableFuture<Long>> heads = List.of(
                secondsOf(socket(), "", ""),
                secondsOf(socket(), HANDSHAKE, "x"),
                secondsOf(socket(), "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\n", "X-More: and more\r\n"),
                secondsOf(served(), "GET /hea", "a"));
        List<CompletableFuture<Long>> bodies = List.of(
                secondsOf(socket(), POST + "Content-Length: 1000\r\n\r\n", " "),
                secondsOf(socket(), POST + "Transfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n"),
                secondsOf(socket(), POST + "Content-Length: 1000\r\n\r\n", ""));

        assertBensCallsSucceed();
        assertThat(heads)
                .allSatisfy(head ->
                        assertThat(head.join()).isBetween(SECONDS_OF_HEAD - 1L, (long) SECONDS_OF_HEAD + SLACK));
        assertThat(bodies)
                .allSatisfy(body ->
                        assertThat(body.join()).isBetween(SECONDS_OF_BODY - 1L, (long) SECONDS_OF_BODY + SLACK));
        pausing.send(GOOD);
        assertThat(pausing.readHead().status()).isEqualTo(200);
        assertBensCallsSucceed();
        for (HttpSocket socket : open) {
            socket.close();
        }
    }

    private HttpSocket socket() throws IOException {
        HttpSocket socket = new HttpSocket(service.port(), PATIENCE);
        open.add(socket);
        return socket;
    }

    /** One that has asked before, and was answered. */
    private HttpSocket served() throws IOException {
        HttpSocket socket = socket();
        socket.send(GOOD);
        HttpSocket.Head head = socket.readHead();
        socket.readWhole(head);
        assertThat(head.status()).isEqualTo(200);
        return socket;
    }

    /** How long the service lets it be, which begins so and goes on so each second. */
    private CompletableFuture<Long> secondsOf(HttpSocket socket, String beginning, String more) {
        long begun = System.nanoTime();
        beats.execute(() -> send(socket, beginning));
        beats.scheduleAtFixedRate(() -> send(socket, more), 1, 1, TimeUnit.SECONDS);
        return CompletableFuture.supplyAsync(
                () -> {
                    readToTheEnd(socket);
                    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
                },
                threads);
    }

    private static void send(HttpSocket socket, String text) {
        try {
            socket.send(text);
        } catch (IOException e) {
            // It is gone, which its reader tells.
        }
    }

    private static void readToTheEnd(HttpSocket socket) {
        try {
            while (true) {
                socket.readBytes(1);
            }
        } catch (IOException e) {
            // The end, which is what it waits for.
        }
    }
}
