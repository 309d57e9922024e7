package io.github.moodlemcp.distribution.hostile;

import static io.github.moodlemcp.distribution.hostile.HostileSocket.FIN;
import static io.github.moodlemcp.distribution.hostile.HostileSocket.TEXT;
import static io.github.moodlemcp.distribution.hostile.HostileSocket.frame;
import static io.github.moodlemcp.distribution.hostile.HostileSocket.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.moodlemcp.testkit.mcp.McpTestClient;
import io.github.moodlemcp.testkit.mcp.McpTestClient.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How much memory of the service a socket can take, and an account with all of its sockets. */
class HostileMemoryTest extends HostileScenario {
    private static final long BYTES_IN = MEBIBYTE * 11 / 10;
    private static final long BYTES_OUT = MEBIBYTE;

    private static final byte[] PING = "{\"jsonrpc\":\"2.0\",\"id\":\"2\",\"method\":\"ping\"}".getBytes(UTF_8);

    /** How much the service grew beside its heap while {@link #bytesForEach} measured. */
    private long besideHeap;

    @Test
    void aFrameThatNeverEndsTakesItsLengthAndNoMore() throws IOException {
        long each = bytesForEach(EACH, i -> {
            HostileSocket socket = HostileSocket.welcomed(service.port(), "account-frame-" + i);
            socket.send(header(FIN | TEXT, MEBIBYTE));
            socket.send(text(MEBIBYTE - 1));
            return socket;
        });

        assertThat(each).isBetween(BYTES_IN / 2, BYTES_IN);
        assertThat(besideHeap).isLessThan(EACH * MEBIBYTE / 2);
        assertThat(held).allSatisfy(socket -> assertThat(socket.closeCode()).isEqualTo(4408));
    }

    @Test
    void fragmentsThatNeverEndTakeTheirLengthAndNoMore() throws IOException {
        long each = bytesForEach(EACH, i -> {
            HostileSocket socket = HostileSocket.welcomed(service.port(), "account-fragments-" + i);
            socket.send(frame(TEXT, text(1 << 16)));
            for (int sent = 1 << 16; sent < MEBIBYTE; sent += 1 << 16) {
                socket.send(frame(0, text(1 << 16)));
            }
            socket.send(header(FIN | 0x9, 125));
            return socket;
        });

        assertThat(each).isBetween(BYTES_IN / 2, BYTES_IN);
        assertThat(besideHeap).isLessThan(EACH * MEBIBYTE / 2);
    }

    /** More is sent to each than it, its queue and the network hold: what does not fit is refused, and safe to call again. */
    @Test
    void whatNobodyReadsTakesABoundedQueue() throws IOException {
        long each = bytesForEach(4, i -> {
            String token = "account-unread-" + i;
            HostileSocket socket = HostileSocket.welcomed(service.port(), token);
            beat(() -> isGone(socket, frame(FIN | TEXT, PING)));
            McpTestClient client = client(token);
            List<CompletableFuture<Answer>> calls = IntStream.range(0, 32)
                    .mapToObj(call -> CompletableFuture.supplyAsync(() -> repeatText(client), threads))
                    .toList();
            assertThat(calls)
                    .allSatisfy(call -> assertThat(outcomeOf(call.join())).isEqualTo("not_delivered"));
            return socket;
        });

        assertThat(each).isBetween(BYTES_OUT / 4, BYTES_OUT + MEBIBYTE / 10);
    }

    private static Answer repeatText(McpTestClient client) {
        return client.callTool(
                "repeat_text", JsonNodeFactory.instance.objectNode().put("text", "x".repeat(300_000)));
    }

    @Test
    void theBytesOfAnAccountAreBoundedHoweverManySocketsBringThem() throws IOException {
        List<HostileSocket> sockets = new ArrayList<>();
        for (int browser = 0; browser < 10; browser++) {
            HostileSocket socket = HostileSocket.welcomed(service.port(), "account-greedy");
            sockets.add(socket);
            held.add(socket);
        }
        List<CompletableFuture<Integer>> codes = sockets.stream()
                .map(socket -> CompletableFuture.supplyAsync(socket::closeCode, threads))
                .toList();
        for (HostileSocket socket : sockets) {
            socket.send(header(FIN | TEXT, MEBIBYTE));
            for (int sent = 0; sent < MEBIBYTE - 8192 && !isGone(socket, text(8192)); sent += 8192) {}
        }

        assertBensCallsSucceed();
        // Those that brought more than the account may have were closed, some with the code lost in what they still
        // sent.
        assertThat(codes.stream().map(CompletableFuture::join).filter(code -> code == 4408))
                .hasSizeLessThanOrEqualTo(HostileService.ACCOUNT_BYTES / MEBIBYTE);
        assertThat(codes.stream().map(CompletableFuture::join)).contains(4429);
    }

    @Test
    void halfARequestAndTlsHoldNobodyUp() throws IOException {
        long each = bytesForEach(EACH, i -> {
            HostileSocket socket = new HostileSocket(service.port());
            socket.send(
                    i % 2 == 0
                            ? "GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: x".getBytes(UTF_8)
                            : new byte[] {0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, (byte) 0xfc, 0x03, 0x03});
            return socket;
        });

        assertThat(each).isLessThan(MEBIBYTE / 10);
    }

    /** How much the heap grows for each of many hostile sockets, while Ben's calls succeed. */
    private long bytesForEach(int count, Doing<HostileSocket> making) throws IOException {
        assertBensCallsSucceed();
        long before = service.heapInUse();
        long residentBefore = service.besideHeap();
        many(count, making).forEach(socket -> held.add(socket.join()));
        assertBensCallsSucceed();
        long each = (service.heapInUse() - before) / count;
        besideHeap = service.besideHeap() - residentBefore;
        return each;
    }
}
