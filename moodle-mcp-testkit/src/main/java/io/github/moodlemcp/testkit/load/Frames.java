package io.github.moodlemcp.testkit.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The frames that a client sends, and the numbers that both directions share.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-5.2">RFC 6455, section 5.2</a>
 */
final class Frames {
    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    static final int FINAL = 0x80;
    static final int MASKED = 0x80;
    static final int OPCODE = 0x0F;
    static final int LENGTH = 0x7F;
    static final int LENGTH_IN_16_BITS = 126;
    static final int LENGTH_IN_64_BITS = 127;

    private static final int LONGEST_HEADER = 14;
    private static final int MAX_16_BITS = 0xFFFF;
    private static final int MASK_BYTES = 4;

    private Frames() {}

    /** A whole frame, masked as those of clients must be. */
    static ByteBuffer masked(int opcode, byte[] payload, int mask) {
        ByteBuffer frame = ByteBuffer.allocate(LONGEST_HEADER + payload.length);
        frame.put((byte) (FINAL | opcode));
        if (payload.length < LENGTH_IN_16_BITS) {
            frame.put((byte) (MASKED | payload.length));
        } else if (payload.length <= MAX_16_BITS) {
            frame.put((byte) (MASKED | LENGTH_IN_16_BITS)).putShort((short) payload.length);
        } else {
            frame.put((byte) (MASKED | LENGTH_IN_64_BITS)).putLong(payload.length);
        }
        frame.putInt(mask);
        int begin = frame.position();
        frame.put(payload);
        for (int i = 0; i < payload.length; i++) {
            int shift = Byte.SIZE * (MASK_BYTES - 1 - i % MASK_BYTES);
            frame.put(begin + i, (byte) (payload[i] ^ (mask >>> shift)));
        }
        return frame.flip();
    }

    /** The payload of a close frame. */
    static byte[] closePayload(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Short.BYTES + text.length)
                .putShort((short) code)
                .put(text)
                .array();
    }
}
