package io.github.moodlemcp.distribution.hostile;

import static io.github.moodlemcp.distribution.hostile.HostileSocket.FIN;
import static io.github.moodlemcp.distribution.hostile.HostileSocket.TEXT;
import static io.github.moodlemcp.distribution.hostile.HostileSocket.frame;
import static io.github.moodlemcp.distribution.hostile.HostileSocket.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.moodlemcp.testkit.mcp.McpTestClient.Answer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a socket can do to the service: it is told to go, takes no more memory than it may, and meanwhile everybody else's
 * calls succeed.
 */
class HostileSocketsTest extends HostileScenario {
    /** What a hostile socket does once it is connected. */
    @FunctionalInterface
    private interface Deed {
        void with(HostileSocket socket) throws IOException;
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
    void aBrowserThatStopsWithoutAWordEndsItsCallsTruthfully() throws IOException {
        held.add(HostileSocket.welcomed(service.port(), "account-frozen"));

        Answer answer = client("account-frozen").callTool("list_courses", JsonNodeFactory.instance.objectNode());

        assertThat(outcomeOf(answer)).isEqualTo("not_delivered");
        assertBensCallsSucceed();
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
