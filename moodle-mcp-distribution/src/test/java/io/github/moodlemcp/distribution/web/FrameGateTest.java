package io.github.moodlemcp.distribution.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.CloseReason;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.glassfish.tyrus.spi.Connection;
import org.glassfish.tyrus.spi.ReadHandler;
import org.glassfish.tyrus.spi.Writer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameGateTest {
    private static final int LIMIT = 100_000;
    private static final int TEXT = 0x1;
    private static final int CONTINUATION = 0x0;
    private static final int FIN = 0x80;

    private final ByteArrayOutputStream passed = new ByteArrayOutputStream();
    private final List<Integer> passes = new ArrayList<>();
    private final List<Integer> codes = new ArrayList<>();
    private final FrameGate gate = new FrameGate(new Behind(), LIMIT);

    /** What stands behind the gate. */
    private final class Behind implements Connection {
        @Override
        public ReadHandler getReadHandler() {
            return data -> {
                passes.add(data.remaining());
                while (data.hasRemaining()) {
                    passed.write(data.get());
                }
            };
        }

        @Override
        public Writer getWriter() {
            throw new AssertionError();
        }

        @Override
        public CloseListener getCloseListener() {
            throw new AssertionError();
        }

        @Override
        public void close(CloseReason reason) {
            codes.add(reason.getCloseCode().getCode());
        }
    }

    /** A frame as a client sends it. */
    private static byte[] frame(int first, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else if (payload.length < 1 << 16) {
            frame.write(0x80 | 126);
            frame.writeBytes(
                    ByteBuffer.allocate(2).putShort((short) payload.length).array());
        } else {
            frame.write(0x80 | 127);
            frame.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        byte[] mask = {1, 2, 3, 4};
        frame.writeBytes(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ mask[i % 4]);
        }
        return frame.toByteArray();
    }

    private static byte[] payload(int length) {
        byte[] payload = new byte[length];
        new Random(length).nextBytes(payload);
        return payload;
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private void bring(byte[] data, int atOnce) {
        for (int from = 0; from < data.length; from += atOnce) {
            gate.handle(ByteBuffer.wrap(Arrays.copyOfRange(data, from, Math.min(data.length, from + atOnce))));
        }
    }

    /** What came through, as Tyrus would read it: the first byte of each frame, and its payload. */
    private record Seen(int first, byte[] payload) {}

    private List<Seen> seen() {
        List<Seen> frames = new ArrayList<>();
        ByteBuffer data = ByteBuffer.wrap(passed.toByteArray());
        while (data.hasRemaining()) {
            int first = Byte.toUnsignedInt(data.get());
            int code = data.get() & 0x7f;
            int length = code < 126 ? code : code == 126 ? Short.toUnsignedInt(data.getShort()) : (int) data.getLong();
            byte[] mask = new byte[4];
            data.get(mask);
            byte[] payload = new byte[length];
            data.get(payload);
            for (int i = 0; i < length; i++) {
                payload[i] ^= mask[i % 4];
            }
            frames.add(new Seen(first, payload));
        }
        return frames;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 13, 1000, 16_384, 1_000_000})
    void framesComeThroughAsTheyWereHoweverTheyAreRead(int atOnce) {
        byte[] frames = joined(
                frame(FIN | TEXT, payload(0)),
                frame(FIN | TEXT, payload(5)),
                frame(FIN | 0x9, payload(125)),
                frame(TEXT, payload(126)),
                frame(FIN | 0xa, payload(0)),
                frame(FIN | CONTINUATION, payload(8192)),
                frame(FIN | 0x8, payload(2)));

        bring(frames, atOnce);

        assertThat(passed.toByteArray()).isEqualTo(frames);
        assertThat(passes).allMatch(bytes -> bytes <= FrameGate.LONG_BYTES);
        assertThat(codes).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 8193", "7, 65535", "1000, 65536", "8192, 24576", "4096, 12289", "1000000, 100000"})
    void aLongFrameBecomesFragmentsOfTheSameMessage(int atOnce, int length) {
        bring(joined(frame(FIN | TEXT, payload(length)), frame(FIN | TEXT, payload(3))), atOnce);

        List<Seen> seen = seen();
        assertThat(seen.getLast().payload()).isEqualTo(payload(3));
        List<Seen> fragments = seen.subList(0, seen.size() - 1);
        assertThat(joined(fragments.stream().map(Seen::payload).toArray(byte[][]::new)))
                .isEqualTo(payload(length));
        assertThat(fragments.getFirst().first()).isEqualTo(TEXT);
        assertThat(fragments.getLast().first()).isEqualTo(FIN | CONTINUATION);
        assertThat(fragments.subList(1, fragments.size() - 1)).allMatch(fragment -> fragment.first() == CONTINUATION);
        assertThat(fragments).allMatch(fragment -> fragment.payload().length >= 4096);
        assertThat(passes).allMatch(bytes -> bytes <= FrameGate.LONG_BYTES + 8);
    }

    @Test
    void aLongFragmentStaysOne() {
        bring(joined(frame(TEXT, payload(10_000)), frame(CONTINUATION, payload(10_000)), frame(FIN, payload(1))), 999);

        assertThat(seen()).extracting(Seen::first).containsExactly(TEXT, 0, 0, 0, FIN);
    }

    @ParameterizedTest
    @CsvSource({
        "not masked, 81 05, 1002",
        "a reserved bit, c1 85, 1002",
        "a reserved opcode for data, 83 80, 1002",
        "a reserved opcode for control, 8b 80, 1002",
        "a ping that is cut, 09 80, 1002",
        "a ping that is too long, 89 fe 00 7e, 1002",
        "one byte over the limit, 81 ff 00 00 00 00 00 01 86 a1, 1009",
        "a length of 2^62, 81 ff 40 00 00 00 00 00 00 00, 1009",
        "a negative length, 81 ff 80 00 00 00 00 00 00 00, 1009"
    })
    void whatTyrusWouldTakeOrWaitForIsRefusedByItsHeader(String what, String hex, int code) {
        byte[] before = frame(FIN | TEXT, payload(5));
        byte[] header = HexFormat.ofDelimiter(" ").parseHex(hex);

        bring(joined(before, header, new byte[] {1, 2, 3, 4}, payload(100)), 1);

        assertThat(codes).as(what).containsExactly(code);
        assertThat(passed.toByteArray()).isEqualTo(before);
    }

    @Test
    void fragmentsAreAsLongAsTheirMessage() {
        bring(joined(frame(TEXT, payload(60_000)), frame(CONTINUATION, payload(40_000))), 4096);
        assertThat(codes).isEmpty();

        bring(frame(FIN | CONTINUATION, payload(1)), 4096);
        assertThat(codes).containsExactly(1009);
    }

    @Test
    void aMessageThatEndedDoesNotCountForTheNext() {
        byte[] message = joined(frame(TEXT, payload(60_000)), frame(FIN | CONTINUATION, payload(40_000)));

        bring(joined(message, message), 4096);

        assertThat(codes).isEmpty();
    }
}
