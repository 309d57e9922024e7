package io.github.moodlemcp.testkit.load;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Finds the frames of a server in the bytes of one connection. For one thread; between frames it holds no buffer. */
final class FrameReader {
    private static final int NO_STATUS = 1005;
    private static final byte[] NOTHING = {};

    private final int maxPayload;
    private final Taker taker;
    /** The bytes of a frame that is not whole yet. */
    private byte[] begun = NOTHING;
    /** The fragments of a message that is not whole yet. */
    private @Nullable ByteArrayOutputStream fragments;

    /** Takes what was read. */
    interface Taker {
        void text(String text);

        void ping(byte[] payload);

        /** @param code 1005 when the frame held none */
        void close(int code);

        /** What came is not to be understood, or too long. */
        void unreadable(String why);
    }

    FrameReader(int maxPayload, Taker taker) {
        this.maxPayload = maxPayload;
        this.taker = taker;
    }

    /** Takes bytes that came; all of them are used or kept. */
    void take(ByteBuffer bytes) {
        ByteBuffer all = begun.length == 0 ? bytes : joined(begun, bytes);
        while (readFrame(all)) {}
        begun = all.hasRemaining() ? remaining(all) : NOTHING;
    }

    /** Reads one frame, and returns whether there was a whole one. */
    private boolean readFrame(ByteBuffer bytes) {
        bytes.mark();
        if (bytes.remaining() < 2) {
            return false;
        }
        int first = bytes.get();
        long length = bytes.get() & 0xFF;
        if (length >= Frames.MASKED) {
            return unreadable(bytes, "a masked frame from a server");
        }
        int more = lengthBytes(length);
        if (bytes.remaining() < more) {
            bytes.reset();
            return false;
        }
        if (more > 0) {
            length = more == Short.BYTES ? bytes.getShort() & 0xFFFF : bytes.getLong();
        }
        if (length < 0 || length > maxPayload) {
            return unreadable(bytes, "a frame of " + length + " bytes");
        }
        if (bytes.remaining() < length) {
            bytes.reset();
            return false;
        }
        byte[] payload = new byte[(int) length];
        bytes.get(payload);
        frame(first & Frames.OPCODE, (first & Frames.FINAL) != 0, payload);
        return true;
    }

    private static int lengthBytes(long length) {
        if (length < Frames.LENGTH_IN_16_BITS) {
            return 0;
        }
        return length == Frames.LENGTH_IN_16_BITS ? Short.BYTES : Long.BYTES;
    }

    private boolean unreadable(ByteBuffer bytes, String why) {
        bytes.position(bytes.limit());
        taker.unreadable(why);
        return false;
    }

    private void frame(int opcode, boolean isFinal, byte[] payload) {
        switch (opcode) {
            case Frames.TEXT, Frames.CONTINUATION -> text(isFinal, payload);
            case Frames.PING -> taker.ping(payload);
            case Frames.PONG -> {}
            case Frames.CLOSE ->
                taker.close(
                        payload.length < Short.BYTES
                                ? NO_STATUS
                                : ByteBuffer.wrap(payload).getShort() & 0xFFFF);
            default -> taker.unreadable("a frame of type " + opcode);
        }
    }

    private void text(boolean isFinal, byte[] payload) {
        if (isFinal && fragments == null) {
            taker.text(new String(payload, StandardCharsets.UTF_8));
            return;
        }
        ByteArrayOutputStream message = fragments == null ? new ByteArrayOutputStream() : fragments;
        message.writeBytes(payload);
        fragments = isFinal ? null : message;
        if (message.size() > maxPayload) {
            taker.unreadable("a message of more than " + maxPayload + " bytes");
        } else if (isFinal) {
            taker.text(message.toString(StandardCharsets.UTF_8));
        }
    }

    private static ByteBuffer joined(byte[] begun, ByteBuffer bytes) {
        return ByteBuffer.allocate(begun.length + bytes.remaining())
                .put(begun)
                .put(bytes)
                .flip();
    }

    private static byte[] remaining(ByteBuffer bytes) {
        byte[] rest = new byte[bytes.remaining()];
        bytes.get(rest);
        return rest;
    }
}
