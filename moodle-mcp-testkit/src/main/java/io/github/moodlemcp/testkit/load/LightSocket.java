package io.github.moodlemcp.testkit.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket connection of a client, as small as can be: it has no thread and, while nothing is half sent or half
 * received, no buffer of its own. Made by {@link SocketLoop#open}. Safe for use by many threads.
 */
public final class LightSocket {

    /** The code of a connection that ended without a close frame, or never was. */
    public static final int ABNORMAL = 1006;

    private static final int MAX_MESSAGE_BYTES = 16 << 20;
    private static final int KEY_BYTES = 16;
    private static final Duration CLOSING_WAIT = Duration.ofSeconds(5);

    private final SocketLoop loop;
    private final SocketChannel channel;
    private final Listener listener;
    private final FrameReader reader = new FrameReader(MAX_MESSAGE_BYTES, new Incoming());
    /** What the system did not take yet; its monitor is held while something is written. */
    private final Queue<ByteBuffer> unsent = new ArrayDeque<>(1);

    private volatile @Nullable SelectionKey key;
    /** The handshake until it is over; for the thread of the loop. */
    private @Nullable Upgrade upgrade;
    /** Whether the listener was told of the end; for the thread of the loop. */
    private boolean ended;

    /** Is told of the life of a connection, on the thread of its loop, which it must not block. */
    public interface Listener {

        /** The handshake succeeded. */
        default void opened(LightSocket socket) {}

        /** A message came. */
        void text(LightSocket socket, String text);

        /**
         * The connection has ended, or never was; the last call, and exactly one for every socket.
         *
         * @param code what the other side closed with, 1005 when it named none, {@link #ABNORMAL} without a close frame
         */
        void closed(LightSocket socket, int code);
    }

    LightSocket(SocketLoop loop, SocketChannel channel, Handshake handshake, Listener listener) {
        this.loop = loop;
        this.channel = channel;
        this.listener = listener;
        byte[] random = new byte[KEY_BYTES];
        ThreadLocalRandom.current().nextBytes(random);
        this.upgrade = new Upgrade(handshake, Base64.getEncoder().encodeToString(random));
    }

    /** Sends a message, once it is {@linkplain Listener#opened open}; what a connection that has ended is given is dropped. */
    public void send(String text) {
        sendFrame(Frames.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Closes the connection with a code; when the other side does not answer within 5 s, without more ado. */
    public void close(int code) {
        sendFrame(Frames.CLOSE, Frames.closePayload(code, ""));
        loop.after(CLOSING_WAIT, () -> end(ABNORMAL));
    }

    /** Goes away without a close frame, as a browser that crashes does. */
    public void abort() {
        loop.execute(() -> end(ABNORMAL));
    }

    /** The loop whose thread calls the listener. */
    public SocketLoop loop() {
        return loop;
    }

    /** Begins; for the thread of the loop, as all that follows. */
    void begin(SelectionKey registered) {
        key = registered;
    }

    /** Does what the system is ready for. */
    void ready(ByteBuffer buffer) {
        SelectionKey ready = Objects.requireNonNull(key);
        try {
            if (ready.isConnectable()) {
                channel.finishConnect();
                ready.interestOps(SelectionKey.OP_READ);
                write(Objects.requireNonNull(upgrade).request());
            }
            if (ready.isWritable()) {
                writeUnsent(ready);
            }
            if (ready.isReadable()) {
                read(buffer);
            }
        } catch (IOException | CancelledKeyException e) {
            end(ABNORMAL);
        }
    }

    private void read(ByteBuffer buffer) throws IOException {
        buffer.clear();
        if (channel.read(buffer) < 0) {
            end(ABNORMAL);
            return;
        }
        buffer.flip();
        if (upgrade != null) {
            upgrade.take(buffer).ifPresent(this::upgraded);
        }
        if (upgrade == null && buffer.hasRemaining() && !ended) {
            reader.take(buffer);
        }
    }

    private void upgraded(int status) {
        if (status == Upgrade.AGREED) {
            upgrade = null;
            listener.opened(this);
        } else {
            end(ABNORMAL);
        }
    }

    private void sendFrame(int opcode, byte[] payload) {
        try {
            write(Frames.masked(opcode, payload, ThreadLocalRandom.current().nextInt()));
        } catch (IOException | CancelledKeyException e) {
            abort();
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        synchronized (unsent) {
            if (unsent.isEmpty()) {
                channel.write(bytes);
            }
            if (bytes.hasRemaining()) {
                unsent.add(bytes);
                loop.wantsToWrite(Objects.requireNonNull(key));
            }
        }
    }

    private void writeUnsent(SelectionKey ready) throws IOException {
        synchronized (unsent) {
            while (!unsent.isEmpty()) {
                channel.write(unsent.element());
                if (unsent.element().hasRemaining()) {
                    return;
                }
                unsent.remove();
            }
            ready.interestOpsAnd(~SelectionKey.OP_WRITE);
        }
    }

    /** Ends the connection; does nothing when it has ended. */
    void end(int code) {
        try {
            channel.close();
        } catch (IOException ignored) {
            // It is closed as far as this side can.
        }
        loop.forget(this);
        tellEnd(code);
    }

    private void tellEnd(int code) {
        if (!ended) {
            ended = true;
            listener.closed(this, code);
        }
    }

    /** What comes from the server. */
    private final class Incoming implements FrameReader.Taker {
        @Override
        public void text(String text) {
            if (!ended) {
                listener.text(LightSocket.this, text);
            }
        }

        @Override
        public void ping(byte[] payload) {
            sendFrame(Frames.PONG, payload);
        }

        @Override
        public void close(int code) {
            sendFrame(Frames.CLOSE, Frames.closePayload(code, ""));
            // The server is to end the TCP connection first, so that it keeps the port and not the client.
            loop.after(CLOSING_WAIT, () -> end(code));
            tellEnd(code);
        }

        @Override
        public void unreadable(String why) {
            end(ABNORMAL);
        }
    }
}
