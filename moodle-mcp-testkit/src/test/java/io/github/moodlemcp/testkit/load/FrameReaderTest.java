package io.github.moodlemcp.testkit.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
    private static final int LIMIT = 200_000;

    private final List<String> taken = new ArrayList<>();
    private final FrameReader reader = new FrameReader(LIMIT, new FrameReader.Taker() {
        @Override
        public void text(String text) {
            taken.add(text);
        }

        @Override
        public void ping(byte[] payload) {
            taken.add("ping " + payload.length);
        }

        @Override
        public void close(int code) {
            taken.add("close " + code);
        }

        @Override
        public void unreadable(String why) {
            taken.add("unreadable");
        }
    });

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536, 150_000})
    void aFrameOfAnyLengthIsRead(int length) {
        String text = "x".repeat(length);

        reader.take(ByteBuffer.wrap(frame(Frames.FINAL | Frames.TEXT, text)));

        assertThat(taken).containsExactly(text);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100})
    void framesAreFoundHoweverTheBytesAreCut(int piece) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(frame(Frames.FINAL | Frames.TEXT, "grüße"));
        bytes.writeBytes(frame(Frames.FINAL | Frames.PING, "abc"));
        bytes.writeBytes(frame(Frames.FINAL | Frames.TEXT, "y".repeat(300)));
        byte[] all = bytes.toByteArray();

        for (int begin = 0; begin < all.length; begin += piece) {
            reader.take(ByteBuffer.wrap(all, begin, Math.min(piece, all.length - begin)));
        }

        assertThat(taken).containsExactly("grüße", "ping 3", "y".repeat(300));
    }

    @Test
    void fragmentsBecomeOneMessageAroundAControlFrame() {
        reader.take(ByteBuffer.wrap(frame(Frames.TEXT, "one ")));
        reader.take(ByteBuffer.wrap(frame(Frames.FINAL | Frames.PING, "")));
        reader.take(ByteBuffer.wrap(frame(Frames.CONTINUATION, "two ")));
        reader.take(ByteBuffer.wrap(frame(Frames.FINAL | Frames.CONTINUATION, "three")));

        assertThat(taken).containsExactly("ping 0", "one two three");
    }

    @Test
    void aCloseFrameTellsItsCode() {
        reader.take(ByteBuffer.wrap(frame(Frames.FINAL | Frames.CLOSE, Frames.closePayload(4409, "taken over"))));
        reader.take(ByteBuffer.wrap(frame(Frames.FINAL | Frames.CLOSE, new byte[0])));

        assertThat(taken).containsExactly("close 4409", "close 1005");
    }

    @Test
    void aFrameThatIsTooLongOrMaskedIsNotRead() {
        reader.take(ByteBuffer.wrap(frame(Frames.FINAL | Frames.TEXT, "x".repeat(LIMIT + 1))));
        reader.take(Frames.masked(Frames.TEXT, new byte[] {1}, 7));

        assertThat(taken).containsExactly("unreadable", "unreadable");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 125, 126, 70_000})
    void whatIsMaskedIsThePayloadUnderTheMask(int length) {
        byte[] payload =
                "0123456789".repeat(length / 10 + 1).substring(0, length).getBytes(StandardCharsets.UTF_8);
        int mask = 0x01_FE_A0_55;

        ByteBuffer frame = Frames.masked(Frames.TEXT, payload, mask);

        frame.position(frame.limit() - length - Integer.BYTES);
        byte[] key = new byte[Integer.BYTES];
        frame.get(key);
        byte[] unmasked = new byte[length];
        for (int i = 0; i < length; i++) {
            unmasked[i] = (byte) (frame.get() ^ key[i % key.length]);
        }
        assertThat(ByteBuffer.wrap(key).getInt()).isEqualTo(mask);
        assertThat(unmasked).isEqualTo(payload);
    }

    private static byte[] frame(int first, String text) {
        return frame(first, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A frame as a server sends it. */
    private static byte[] frame(int first, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(10 + payload.length).put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) payload.length);
        } else if (payload.length < 65_536) {
            frame.put((byte) 126).putShort((short) payload.length);
        } else {
            frame.put((byte) 127).putLong(payload.length);
        }
        frame.put(payload).flip();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }
}
