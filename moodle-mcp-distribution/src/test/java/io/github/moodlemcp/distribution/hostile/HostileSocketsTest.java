package io.github.moodlemcp.distribution.hostile;

import static io.github.moodlemcp.distribution.hostile.HostileSocket.FIN;
import static io.github.moodlemcp.distribution.hostile.HostileSocket.TEXT;
import static io.github.moodlemcp.distribution.hostile.HostileSocket.frame;
import static io.github.moodlemcp.distribution.hostile.HostileSocket.header;
import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a socket can do to the service: it is told to go, takes no more memory than it may, and meanwhile everybody else's
 * calls succeed.
 */
class HostileSocketsTest {
    private static final int EACH = 20;
    private static final int MEBIBYTE = 1 << 20;
    private static final long BYTES_IN = MEBIBYTE * 11 / 10;
    private static final long BYTES_OUT = MEBIBYTE;

    private static final byte[] PING = "{\"jsonrpc\":\"2.0\",\"id\":\"2\",\"method\":\"ping\"}".getBytes(UTF_8);

    private static HostileProcess service;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<HostileSocket> held = new ArrayList<>();
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor();
    private ScriptedExtension bens;
    private McpTestClient ben;

    /** What a hostile socket does once it is connected. */
    @FunctionalInterface
    private interface Deed {
        void with(HostileSocket socket) throws IOException;
    }

    @BeforeAll
    static void start() throws IOException {
        service = new HostileProcess(2000, 2000);
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

    private void beat(Runnable ping) {
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

    static Stream<Arguments> deeds() {
        return Stream.of(
                deed("a frame that is announced with 2^62 bytes", 1009, s -> s.send(header(FIN | TEXT, 1L << 62))),
                deed("a frame of one byte too much", 1009, s -> s.send(header(FIN | TEXT, MEBIBYTE + 1))),
                deed("fragments that never end", 1009, HostileSocketsTest::fragmentsWithoutEnd),
                deed("pings", 4429, s -> repeat(s, frame(FIN | 0x9, new byte[0]))),
                deed("pongs", 4429, s -> repeat(s, frame(FIN | 0xa, new byte[0]))),
                deed(
                        "messages",
                        4429,
                        s -> repeat(s, frame(FIN | TEXT, "{\"jsonrpc\":\"2.0\",\"method\":\"x\"}".getBytes(UTF_8)))),
                deed("fragments of one byte", 4429, HostileSocketsTest::shortFragments),
                deed("a frame that is not masked", 1002, s -> s.send(new byte[] {(byte) (FIN | TEXT), 2, '{', '}'})),
                deed("a reserved bit", 1002, s -> s.send(frame(FIN | 0x40 | TEXT, new byte[0]))),
                deed("a reserved opcode for data", 1002, s -> s.send(frame(FIN | 0x3, new byte[0]))),
                deed("a reserved opcode for control", 1002, s -> s.send(frame(FIN | 0xb, new byte[0]))),
                deed("a ping that is cut", 1002, s -> s.send(frame(0x9, new byte[0]))),
                deed("a ping that is too long", 1002, s -> s.send(frame(FIN | 0x9, new byte[126]))),
                deed("a fragment of nothing", 1002, s -> s.send(frame(FIN, new byte[5]))),
                deed(
                        "text that is not UTF-8",
                        1007,
                        s -> s.send(frame(FIN | TEXT, new byte[] {(byte) 0xc0, (byte) 0x80}))),
                deed("bytes that are no text", 4400, s -> s.send(frame(FIN | 0x2, new byte[9]))),
                deed("no JSON", 4400, s -> s.sendText("hello")),
                deed("a second introduction", 4400, s -> s.sendText(HostileSocket.hello())),
                deed("nothing any more", 4408, s -> {}));
    }

    private static Arguments deed(String name, int code, Deed deed) {
        return Arguments.of(name, code, deed);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("deeds")
    void whoWasWelcomedIsToldToGoAndNobodyElseNotices(String name, int code, Deed deed) {
        List<CompletableFuture<Integer>> codes = many(EACH, i -> {
            try (HostileSocket socket =
                    HostileSocket.welcomed(service.port(), "account-" + name.hashCode() + "-" + i)) {
                deed.with(socket);
                return socket.closeCode();
            }
        });

        assertBensCallsSucceed();
        assertThat(codes).allSatisfy(got -> assertThat(got.join()).isEqualTo(code));
    }

    static Stream<Arguments> strangers() {
        return Stream.of(
                deed("no introduction", 4408, s -> {}),
                deed("an introduction that never ends", 4408, s -> s.send(header(FIN | TEXT, 60_000))),
                deed("an introduction that is too long", 4429, HostileSocketsTest::longIntroduction),
                deed(
                        "something else first",
                        4400,
                        s -> s.sendText("{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"method\":\"ping\"}")));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("strangers")
    void whoWasNotWelcomedIsToldToGo(String name, int code, Deed deed) {
        List<CompletableFuture<Integer>> codes = many(EACH, i -> {
            try (HostileSocket socket = HostileSocket.open(service.port(), "account-stranger-" + i)) {
                deed.with(socket);
                return socket.closeCode();
            }
        });

        assertBensCallsSucceed();
        assertThat(codes).allSatisfy(got -> assertThat(got.join()).isEqualTo(code));
    }

    @Test
    void aTokenThatIsNoTokenIsToldAndAForeignPageIsRefused() throws IOException {
        try (HostileSocket wrong = HostileSocket.open(service.port(), "wrong");
                HostileSocket oversized = HostileSocket.open(service.port(), "account-" + "x".repeat(6000));
                HostileSocket tooLong = new HostileSocket(service.port());
                HostileSocket foreign = new HostileSocket(service.port())) {
            assertThat(wrong.closeCode()).isEqualTo(4401);
            assertThat(oversized.closeCode()).isEqualTo(4401);
            assertThat(tooLong.upgrade("chrome-extension://" + HostileService.EXTENSION_ID, "x".repeat(100_000)))
                    .isEqualTo(400);
            assertThat(foreign.upgrade("https://evil.example", "account-anna")).isEqualTo(403);
        }
        assertBensCallsSucceed();
    }

    @Test
    void aFrameThatNeverEndsTakesItsLengthAndNoMore() throws IOException {
        long each = bytesForEach(EACH, i -> {
            HostileSocket socket = HostileSocket.welcomed(service.port(), "account-frame-" + i);
            socket.send(header(FIN | TEXT, MEBIBYTE));
            socket.send(text(MEBIBYTE - 1));
            return socket;
        });

        assertThat(each).isBetween(BYTES_IN / 2, BYTES_IN);
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
    void aBrowserThatStopsWithoutAWordEndsItsCallsTruthfully() throws IOException {
        held.add(HostileSocket.welcomed(service.port(), "account-frozen"));

        Answer answer = client("account-frozen").callTool("list_courses", JsonNodeFactory.instance.objectNode());

        assertThat(outcomeOf(answer)).isEqualTo("not_delivered");
        assertBensCallsSucceed();
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
        many(count, making).forEach(socket -> held.add(socket.join()));
        assertBensCallsSucceed();
        return (service.heapInUse() - before) / count;
    }

    @FunctionalInterface
    private interface Doing<T> {
        T with(int number) throws IOException;
    }

    private <T> List<CompletableFuture<T>> many(int count, Doing<T> doing) {
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

    private void assertBensCallsSucceed() {
        for (int i = 0; i < 5; i++) {
            assertThat(outcomeOf(ben.callTool("list_courses", JsonNodeFactory.instance.objectNode())))
                    .isEqualTo("done");
        }
    }

    private static McpTestClient client(String token) {
        return new McpTestClient(URI.create("http://127.0.0.1:" + service.port() + "/mcp"), token);
    }

    private static String outcomeOf(Answer answer) {
        return answer.body()
                .path("result")
                .path("_meta")
                .path("io.github.moodlemcp/outcome")
                .asText();
    }

    private static boolean isGone(HostileSocket socket, byte[] next) {
        try {
            socket.send(next);
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static byte[] text(int length) {
        byte[] text = new byte[length];
        Arrays.fill(text, (byte) 'x');
        return text;
    }

    private static void fragmentsWithoutEnd(HostileSocket socket) throws IOException {
        socket.send(frame(TEXT, text(1 << 16)));
        for (int i = 1; i < 16; i++) {
            socket.send(frame(0, text(1 << 16)));
        }
        socket.send(header(0, 1));
    }

    /** No more than what is one byte too much has come when it is refused. */
    private static void longIntroduction(HostileSocket socket) throws IOException {
        socket.send(header(FIN | TEXT, MEBIBYTE));
        socket.send(text(68 * 1024));
    }

    private static void shortFragments(HostileSocket socket) throws IOException {
        socket.send(frame(TEXT, text(1)));
        repeat(socket, frame(0, text(1)));
        socket.send(frame(0, text(1)));
    }

    /** Sends it as often as is too much, and no more: what is still under way when a connection is reset hides its code. */
    private static void repeat(HostileSocket socket, byte[] frame) throws IOException {
        for (int i = 0; i < 119; i++) {
            socket.send(frame);
        }
    }
}
