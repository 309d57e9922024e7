package io.github.moodlemcp.distribution.web;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import java.nio.ByteBuffer;
import org.glassfish.tyrus.spi.Connection;
import org.glassfish.tyrus.spi.ReadHandler;
import org.jspecify.annotations.Nullable;

/**
 * Reads the headers of the frames of one connection before Tyrus does (RFC 6455, section 5.2). For one thread at a time.
 *
 * <ul>
 *   <li>What Tyrus accepts against the RFC, or notices only when the whole frame has come, closes the connection as soon as
 *       the header is there: frames that are not masked, reserved bits and opcodes, control frames that are cut or too long,
 *       messages that are too long.
 *   <li>A long frame reaches Tyrus as a message in fragments. Tyrus keeps a frame until it is complete, in a buffer as large
 *       as the largest one of the connection, which it copies with each read and never gives back; so that buffer stays small,
 *       and what has come of a message is kept above, where it is counted.
 * </ul>
 */
final class FrameGate implements ReadHandler {

    /** Frames up to this length are passed on as they are; fragments have between half of it and all of it. */
    static final int LONG_BYTES = 8 * 1024;

    private static final int PIECE_BYTES = LONG_BYTES / 2;
    private static final int MASK_BYTES = 4;
    private static final int SHORTEST_HEADER = 2;
    private static final int FIN = 0x80;
    private static final int RESERVED_BITS = 0x70;
    private static final int OPCODE = 0x0f;
    private static final int CONTROL = 0x08;
    private static final int MASKED = 0x80;
    private static final int LENGTH_CODE = 0x7f;
    private static final int TWO_LENGTH_BYTES = 126;
    private static final int EIGHT_LENGTH_BYTES = 127;
    private static final int LAST_DATA_OPCODE = 0x2;
    private static final int LAST_CONTROL_OPCODE = 0xa;

    private final Connection connection;
    private final ReadHandler behind;
    private final long maxMessageBytes;
    private final ByteBuffer header = ByteBuffer.allocate(SHORTEST_HEADER + Long.BYTES + MASK_BYTES);
    /** What has come of the fragments before the frame that is being read. */
    private long messageBytes;
    /** How much of the payload of a short frame is still to come. */
    private int left;

    private @Nullable LongFrame longFrame;
    private boolean refused;

    /**
     * @param connection is closed when something is refused
     * @param maxMessageBytes the longest message, whether it comes in one frame or in several
     */
    FrameGate(Connection connection, long maxMessageBytes) {
        this.connection = connection;
        this.behind = connection.getReadHandler();
        this.maxMessageBytes = maxMessageBytes;
    }

    @Override
    public void handle(ByteBuffer data) {
        // From here to the position of the data is what Tyrus may have as it is.
        int from = data.position();
        while (data.hasRemaining() && !refused) {
            if (longFrame != null) {
                longFrame = longFrame.fill(data) ? null : longFrame;
                from = data.position();
            } else if (left > 0) {
                int here = Math.min(left, data.remaining());
                data.position(data.position() + here);
                left -= here;
            } else {
                from = readHeader(data, from);
            }
        }
        if (!refused) {
            pass(data, from, data.position());
        }
    }

    /** Reads on in a header; returns from where Tyrus may have the data after it. */
    private int readHeader(ByteBuffer data, int from) {
        int start = data.position();
        boolean isWholeInData = header.position() == 0;
        while (data.hasRemaining() && !isHeaderComplete()) {
            header.put(data.get());
        }
        if (!isHeaderComplete()) {
            pass(data, from, start);
            return data.position();
        }
        long length = payloadLength();
        CloseReason refusal = refusal(length);
        if (refusal != null) {
            pass(data, from, start);
            refused = true;
            connection.close(refusal);
            return from;
        }
        boolean isLong = length > LONG_BYTES;
        if (isLong || !isWholeInData) {
            pass(data, from, start);
            from = data.position();
        }
        if (isLong) {
            longFrame = new LongFrame(header, length);
        } else {
            left = (int) length;
            if (!isWholeInData) {
                behind.handle(header.flip());
            }
        }
        header.clear();
        return from;
    }

    private boolean isHeaderComplete() {
        return header.position() >= SHORTEST_HEADER && header.position() == headerLength();
    }

    private int headerLength() {
        int mask = (header.get(1) & MASKED) == 0 ? 0 : MASK_BYTES;
        return switch (header.get(1) & LENGTH_CODE) {
            case TWO_LENGTH_BYTES -> SHORTEST_HEADER + Short.BYTES + mask;
            case EIGHT_LENGTH_BYTES -> SHORTEST_HEADER + Long.BYTES + mask;
            default -> SHORTEST_HEADER + mask;
        };
    }

    private long payloadLength() {
        int code = header.get(1) & LENGTH_CODE;
        return switch (code) {
            case TWO_LENGTH_BYTES -> Short.toUnsignedLong(header.getShort(SHORTEST_HEADER));
            case EIGHT_LENGTH_BYTES -> header.getLong(SHORTEST_HEADER);
            default -> code;
        };
    }

    private @Nullable CloseReason refusal(long length) {
        int first = header.get(0);
        int opcode = first & OPCODE;
        boolean isControl = (opcode & CONTROL) != 0;
        boolean isFinal = (first & FIN) != 0;
        if ((header.get(1) & MASKED) == 0) {
            return new CloseReason(CloseCodes.PROTOCOL_ERROR, "a frame is not masked");
        }
        if ((first & RESERVED_BITS) != 0 || opcode > (isControl ? LAST_CONTROL_OPCODE : LAST_DATA_OPCODE)) {
            return new CloseReason(CloseCodes.PROTOCOL_ERROR, "a reserved bit or opcode");
        }
        if (isControl) {
            return isFinal && length < TWO_LENGTH_BYTES
                    ? null
                    : new CloseReason(CloseCodes.PROTOCOL_ERROR, "a control frame that is cut or too long");
        }
        if (length < 0 || length > maxMessageBytes - messageBytes) {
            return new CloseReason(CloseCodes.TOO_BIG, "frame over the limit");
        }
        messageBytes = isFinal ? 0 : messageBytes + length;
        return null;
    }

    /** Gives Tyrus a range of the data, so much at a time that its buffer stays small. */
    private void pass(ByteBuffer data, int from, int to) {
        for (int start = from; start < to; start += LONG_BYTES) {
            behind.handle(data.slice(start, Math.min(LONG_BYTES, to - start)));
        }
    }

    /**
     * A long frame on its way to Tyrus as fragments. Each keeps the masking key of the frame, because it begins at a multiple of
     * the key's length.
     */
    private final class LongFrame {
        private final ByteBuffer fragment =
                ByteBuffer.allocate(SHORTEST_HEADER + Short.BYTES + MASK_BYTES + LONG_BYTES);
        private final boolean isFinal;
        private final int mask;
        private long left;

        /** The first one begins as the frame does. */
        LongFrame(ByteBuffer header, long length) {
            this.isFinal = (header.get(0) & FIN) != 0;
            this.mask = header.getInt(header.position() - MASK_BYTES);
            this.left = length;
            begin(header.get(0) & OPCODE);
        }

        private void begin(int opcode) {
            boolean isLast = left <= LONG_BYTES;
            int length = isLast ? (int) left : PIECE_BYTES;
            left -= length;
            fragment.clear()
                    .put((byte) (isLast && isFinal ? FIN | opcode : opcode))
                    .put((byte) (MASKED | TWO_LENGTH_BYTES))
                    .putShort((short) length)
                    .putInt(mask);
            fragment.limit(fragment.position() + length);
        }

        /** Reads on in the frame; returns whether it is complete. */
        boolean fill(ByteBuffer data) {
            int here = Math.min(fragment.remaining(), data.remaining());
            fragment.put(data.slice(data.position(), here));
            data.position(data.position() + here);
            if (fragment.hasRemaining()) {
                return false;
            }
            behind.handle(fragment.flip());
            if (left == 0) {
                return true;
            }
            begin(0);
            return false;
        }
    }
}
