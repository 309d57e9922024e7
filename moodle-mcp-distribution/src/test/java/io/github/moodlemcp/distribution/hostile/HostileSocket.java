package io.github.moodlemcp.distribution.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.moodlemcp.testkit.http.HttpSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.UUID;

/** A WebSocket that is written and read byte by byte. For one thread. */
final class HostileSocket implements AutoCloseable {
    static final int TEXT = 0x1;
    static final int FIN = 0x80;
    static final int CLOSED_WITHOUT_CODE = 1006;

    /** Longer than a busy machine takes for two thousand handshakes. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final int CLOSE = 0x88;
    private static final int PING = 0x9;
    private static final int PONG = 0xA;
    private static final int MASKED = 0x80;

    private final HttpSocket socket;
    private final int port;
    private String headers = "";

    HostileSocket(int port) throws IOException {
        this(port, new HttpSocket(port));
    }

    private HostileSocket(int port, HttpSocket socket) {
        this.port = port;
        this.socket = socket;
    }

    /** One with a good handshake. */
    static HostileSocket open(int port, String token) throws IOException {
        return handshaken(new HostileSocket(port), token);
    }

    /**
     * One with a good handshake.
     *
     * @param from the address of this machine it comes from
     * @param forwardedFor the address that it says a proxy has noted; empty to say nothing
     */
    static HostileSocket openFrom(InetAddress from, String forwardedFor, int port, String token) throws IOException {
        HostileSocket socket = new HostileSocket(port, new HttpSocket(port, PATIENCE, from));
        socket.headers = forwardedFor.isEmpty() ? "" : "X-Forwarded-For: " + forwardedFor + "\r\n";
        return handshaken(socket, token);
    }

    private static HostileSocket handshaken(HostileSocket socket, String token) throws IOException {
        int status = socket.upgrade("chrome-extension://" + HostileService.EXTENSION_ID, token);
        if (status != 101) {
            throw new IOException("The handshake was answered with " + status);
        }
        return socket;
    }

    /** One that was welcomed. */
    static HostileSocket welcomed(int port, String token) throws IOException {
        HostileSocket socket = open(port, token);
        socket.sendText(hello());
        int first = socket.readFrame();
        if (first != (FIN | TEXT)) {
            throw new IOException("Not welcomed: " + first);
        }
        return socket;
    }

    static String hello() {
        return "{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"method\":\"hello\",\"params\":{\"protocolVersion\":1,\"browser\":{\"id\":\""
                + UUID.randomUUID() + "\",\"name\":\"Hostile\"},\"extension\":{\"version\":\"0.1.0\"},\"sites\":[],"
                + "\"operations\":[\"list_courses\",\"repeat_text\"],\"journal\":[]}}";
    }

    /** Asks for a WebSocket; returns the status of the answer. */
    int upgrade(String origin, String token) throws IOException {
        socket.send("GET /ws HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nOrigin: " + origin
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: moodle-mcp.v1, bearer."
                + token + "\r\n"
                + headers + "\r\n");
        return socket.readHead().status();
    }

    void send(byte[] bytes) throws IOException {
        socket.send(bytes);
    }

    void sendText(String text) throws IOException {
        send(frame(FIN | TEXT, text.getBytes(UTF_8)));
    }

    /** A frame as the RFC wants it, with a masking key of zeros. */
    static byte[] frame(int first, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(header(first, payload.length));
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    /** The start of a frame that announces so many bytes. */
    static byte[] header(int first, long length) {
        ByteBuffer header = ByteBuffer.allocate(14).put((byte) first);
        if (length < 126) {
            header.put((byte) (MASKED | length));
        } else if (length < 1 << 16) {
            header.put((byte) (MASKED | 126)).putShort((short) length);
        } else {
            header.put((byte) (MASKED | 127)).putLong(length);
        }
        byte[] bytes = new byte[header.putInt(0).position()];
        header.flip().get(bytes);
        return bytes;
    }

    /** Reads until the connection ends; the close code, or 1006 when there was none. */
    int closeCode() {
        try {
            while (true) {
                int first = Byte.toUnsignedInt(socket.readBytes(1)[0]);
                byte[] payload = readPayload();
                if (first == CLOSE) {
                    return Short.toUnsignedInt(ByteBuffer.wrap(payload).getShort());
                }
            }
        } catch (IOException e) {
            return CLOSED_WITHOUT_CODE;
        }
    }

    /** Says whether the server has it open: the 101 comes before the server counts it, the answer to a ping after. */
    boolean answersPing() throws IOException {
        send(frame(FIN | PING, new byte[0]));
        return readFrame() == (FIN | PONG);
    }

    /** Reads a frame; its first byte. */
    int readFrame() throws IOException {
        int first = Byte.toUnsignedInt(socket.readBytes(1)[0]);
        readPayload();
        return first;
    }

    private byte[] readPayload() throws IOException {
        int code = Byte.toUnsignedInt(socket.readBytes(1)[0]);
        int length = switch (code) {
            case 126 -> Short.toUnsignedInt(ByteBuffer.wrap(socket.readBytes(2)).getShort());
            case 127 -> Math.toIntExact(ByteBuffer.wrap(socket.readBytes(8)).getLong());
            default -> code;
        };
        return socket.readBytes(length);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
