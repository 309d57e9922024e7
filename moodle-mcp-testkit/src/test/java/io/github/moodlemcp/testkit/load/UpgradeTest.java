package io.github.moodlemcp.testkit.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The example of RFC 6455, section 1.3. */
class UpgradeTest {
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final String AGREED =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

    private final Handshake handshake =
            Handshake.ofExtension(URI.create("ws://127.0.0.1:8080/ws"), "chrome-extension://abc", "secret");
    private final Upgrade upgrade = new Upgrade(handshake, KEY);

    @Test
    void theRequestSaysWhoAsks() {
        assertThat(StandardCharsets.ISO_8859_1.decode(upgrade.request()).toString())
                .startsWith("GET /ws HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n")
                .contains("\r\nOrigin: chrome-extension://abc\r\n")
                .contains("\r\nSec-WebSocket-Protocol: moodle-mcp.v1, bearer.secret\r\n")
                .contains("\r\nSec-WebSocket-Key: " + KEY + "\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void theAnswerIsReadUpToTheFirstFrameHoweverItIsCut() {
        ByteBuffer bytes = bytes(AGREED + "frame");
        bytes.limit(30);
        assertThat(upgrade.take(bytes)).isEmpty();

        bytes.limit(bytes.capacity());

        assertThat(upgrade.take(bytes)).hasValue(Upgrade.AGREED);
        assertThat(bytes.remaining()).isEqualTo("frame".length());
    }

    @Test
    void anAnswerToAnotherKeyIsNone() {
        assertThat(upgrade.take(bytes(AGREED.replace("s3pP", "s3pQ")))).hasValue(Upgrade.UNREADABLE);
    }

    @Test
    void aRefusalTellsItsStatus() {
        assertThat(upgrade.take(bytes("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")))
                .hasValue(403);
    }

    @Test
    void whatIsNoHttpIsNotReadForEver() {
        assertThat(upgrade.take(bytes("x".repeat(100_000)))).hasValue(Upgrade.UNREADABLE);
        assertThat(new Upgrade(handshake, KEY).take(bytes("nonsense\r\n\r\n"))).hasValue(Upgrade.UNREADABLE);
    }

    @Test
    void anAddressThatIsNoPlainWebSocketIsRefused() {
        assertThatThrownBy(() -> Handshake.ofExtension(URI.create("wss://127.0.0.1/ws"), "o", "t"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wss://127.0.0.1/ws");
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
