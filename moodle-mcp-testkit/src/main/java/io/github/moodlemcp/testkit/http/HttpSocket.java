package io.github.moodlemcp.testkit.http;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** One connection to a server on this machine, byte by byte: what other clients hide. For one thread. */
public final class HttpSocket implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Socket socket;
    private final InputStream in;
    private boolean insideChunk;

    /** Connects to a port of 127.0.0.1; reading fails when nothing comes for 10 s. */
    public HttpSocket(int port) throws IOException {
        this(port, PATIENCE);
    }

    /**
     * Connects to a port of 127.0.0.1.
     *
     * @param patience how long reading waits for more
     */
    public HttpSocket(int port, Duration patience) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port), patience);
    }

    /**
     * Connects to a port of 127.0.0.1 from another address of this machine.
     *
     * @param patience how long reading waits for more
     * @param from such as 127.0.0.2
     */
    public HttpSocket(int port, Duration patience, InetAddress from) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port, from, 0), patience);
    }

    private HttpSocket(Socket socket, Duration patience) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * The start of an answer.
     *
     * @param status the status code
     * @param headers values by name in lower case
     */
    public record Head(int status, Map<String, String> headers) {
        public Head {
            headers = Map.copyOf(headers);
        }

        /** The value of a header, by its name in lower case; empty when it is absent. */
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** A POST with a JSON body, as text. */
    public static String post(String path, String json) {
        return "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
                + json.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + json;
    }

    /** Sends the bytes of a text in one go. */
    public void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends bytes in one go. */
    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Reads up to the body of the next answer. */
    public Head readHead() throws IOException {
        int status = Integer.parseInt(readLine().split(" ")[1]);
        Map<String, String> headers = new HashMap<>();
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
        return new Head(status, headers);
    }

    /** Reads a body of the length that its head states. */
    public String readBody(Head head) throws IOException {
        return read(Integer.parseInt(head.header("content-length")));
    }

    /** Reads a body to its end, whether its head states a length or it comes in chunks; empty when there is none. */
    public String readWhole(Head head) throws IOException {
        if (!head.header("transfer-encoding").equalsIgnoreCase("chunked")) {
            return head.header("content-length").isEmpty() ? "" : readBody(head);
        }
        StringBuilder body = new StringBuilder();
        for (String chunk = readChunk(); !chunk.isEmpty(); chunk = readChunk()) {
            body.append(chunk);
        }
        return body.toString();
    }

    /** Reads the next chunk of a chunked body; the last one is empty. Some servers end a chunk only with the next one. */
    public String readChunk() throws IOException {
        if (insideChunk) {
            readLine();
        }
        int length = Integer.parseInt(readLine(), 16);
        insideChunk = length > 0;
        if (!insideChunk) {
            readLine();
        }
        return read(length);
    }

    /** Reads chunks of an event stream up to the end of an event or comment, and no further. */
    public String readEvent() throws IOException {
        StringBuilder event = new StringBuilder();
        while (!event.toString().endsWith("\n\n")) {
            String chunk = readChunk();
            if (chunk.isEmpty()) {
                throw new EOFException("The stream ends after: " + event);
            }
            event.append(chunk);
        }
        return event.toString();
    }

    /** Leaves without a word: the server sees the connection reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Leaves as a program does that is ended: the server sees the end of the connection. */
    @Override
    public void close() throws IOException {
        socket.close();
    }

    /**
     * Reads so many bytes.
     *
     * @throws EOFException when the server ends the connection before
     */
    public byte[] readBytes(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The server ends the connection in the middle of a body");
        }
        return bytes;
    }

    private String read(int length) throws IOException {
        return new String(readBytes(length), StandardCharsets.UTF_8);
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("The server ends the connection after: " + line);
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
