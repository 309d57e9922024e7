package io.github.moodlemcp.testkit.load;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * The HTTP part of one connection: what is asked, and whether the answer agrees. For one thread.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-4.1">RFC 6455, section 4.1</a>
 */
final class Upgrade {
    static final int AGREED = 101;

    /** The status of an answer that is no HTTP, or agrees to something else. */
    static final int UNREADABLE = 0;

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int LONGEST_HEAD = 16 * 1024;

    private final byte[] request;
    private final String expected;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();

    /** @param key 16 random bytes in base64 */
    Upgrade(Handshake handshake, String key) {
        this.request = handshake.request(key);
        this.expected = accepted(key);
    }

    ByteBuffer request() {
        return ByteBuffer.wrap(request);
    }

    /** Takes bytes up to the end of the answer's head; nothing while it is not whole, else its status. */
    OptionalInt take(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            head.write(bytes.get());
            if (head.size() > LONGEST_HEAD) {
                return OptionalInt.of(UNREADABLE);
            }
            if (bytes.get(bytes.position() - 1) == '\n') {
                String text = head.toString(StandardCharsets.ISO_8859_1);
                if (text.endsWith("\r\n\r\n")) {
                    return OptionalInt.of(status(text.lines().toList()));
                }
            }
        }
        return OptionalInt.empty();
    }

    private int status(List<String> lines) {
        String[] words = lines.getFirst().split(" ", 3);
        if (words.length < 2 || !words[1].matches("[1-5][0-9][0-9]")) {
            return UNREADABLE;
        }
        int status = Integer.parseInt(words[1]);
        boolean isOurs = lines.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-accept:"))
                .anyMatch(line -> line.endsWith(expected));
        return status == AGREED && !isOurs ? UNREADABLE : status;
    }

    private static String accepted(String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder().encodeToString(sha1.digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
