package io.github.moodlemcp.interop.endpoint;

import static io.github.moodlemcp.interop.endpoint.Rung.CANARY;
import static io.github.moodlemcp.interop.endpoint.Rung.rung;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.moodlemcp.interop.wire.Ask;
import java.nio.charset.Charset;
import java.util.List;
import java.util.stream.Stream;

/** Bodies that take a reader of JSON by surprise. */
final class HostileRungs {
    private static final Ask HELLO = Ask.call("echo", "{\"text\": \"hello\"}");
    private static final int PARSE_ERROR = -32700;
    private static final int INVALID_REQUEST = -32600;
    private static final String HALF_PAIR = "\"\\ud800\"";

    private HostileRungs() {}

    static List<Rung> all() {
        return Stream.of(syntax(), encodings(), values()).flatMap(List::stream).toList();
    }

    private static Rung unreadable(String name, Ask ask) {
        return rung(name, ask, 400).error(PARSE_ERROR).noId().noData();
    }

    private static List<Rung> syntax() {
        String hello = new String(HELLO.body(), UTF_8);
        return List.of(
                unreadable("nothing", HELLO.body("")),
                unreadable("a blank", HELLO.body(" ")),
                unreadable("half a message", HELLO.body(hello.substring(0, hello.length() - 1))),
                unreadable("something after the message", HELLO.body(hello + CANARY)),
                unreadable("a second message", HELLO.body(hello + hello)),
                unreadable("a name twice", HELLO.replacing("\"id\":1", "\"id\":1,\"id\":2")),
                unreadable("a name twice, deep inside", HELLO.replacing("\"text\":\"hello\"", "\"text\":1,\"text\":2")),
                unreadable("a comment", HELLO.body("/* " + CANARY + " */" + hello)),
                unreadable("single quotes", HELLO.body("{'jsonrpc': '2.0'}")),
                unreadable("not a number", HELLO.replacing("\"id\":1", "\"id\":NaN")),
                unreadable("a number with a zero in front", HELLO.replacing("\"id\":1", "\"id\":01")),
                unreadable("a control character", HELLO.replacing("hello", "a\u0001b")),
                unreadable("too deep", HELLO.replacing("\"hello\"", "[".repeat(65) + "]".repeat(65))),
                unreadable("far too deep", HELLO.body("[".repeat(100_000))),
                unreadable("a number of many digits", HELLO.replacing("\"id\":1", "\"id\":" + "1".repeat(100_000))),
                unreadable("a name of many letters", HELLO.replacing("\"text\"", "\"" + "a".repeat(300) + "\"")),
                rung("a text alone", HELLO.body("\"" + CANARY + "\""), 400)
                        .error(INVALID_REQUEST)
                        .noId(),
                rung("null alone", HELLO.body("null"), 400)
                        .error(INVALID_REQUEST)
                        .noId());
    }

    private static List<Rung> encodings() {
        byte[] marked = ("\ufeff" + new String(HELLO.body(), UTF_8)).getBytes(UTF_8);
        return List.of(
                unreadable("another encoding", HELLO.body("{\"a\":\"\u00e9\"}".getBytes(ISO_8859_1))),
                unreadable("an overlong encoding", HELLO.body(bytes(0x22, 0xc0, 0xaf, 0x22))),
                unreadable("half a character", HELLO.body(bytes(0x22, 0xe2, 0x82, 0x22))),
                unreadable("an encoded surrogate", HELLO.body(bytes(0x22, 0xed, 0xa0, 0x80, 0x22))),
                unreadable("beyond Unicode", HELLO.body(bytes(0x22, 0xf5, 0x80, 0x80, 0x80, 0x22))),
                unreadable("UTF-16", HELLO.body(recoded("UTF-16"))),
                unreadable("UTF-16, little end first", HELLO.body(recoded("UTF-16LE"))),
                unreadable("UTF-32", HELLO.body(recoded("UTF-32"))),
                unreadable("broken UTF-32", HELLO.body(bytes(0, 0, 0, 0x7b, 0xff, 0xff, 0xff, 0xff))),
                unreadable("zeros", HELLO.body(new byte[64])),
                unreadable("a byte order mark", HELLO.body(marked)));
    }

    private static List<Rung> values() {
        return List.of(
                rung("an id beyond what a double holds", HELLO.replacing("\"id\":1", "\"id\":9007199254740993"), 400)
                        .error(INVALID_REQUEST),
                rung("the least id", HELLO.replacing("\"id\":1", "\"id\":-9223372036854775808"), 400)
                        .error(INVALID_REQUEST),
                rung("an endless id", HELLO.replacing("\"id\":1", "\"id\":\"" + "a".repeat(2000) + "\""), 400)
                        .error(INVALID_REQUEST),
                unreadable("a number beyond all measure", HELLO.replacing("\"hello\"", "1e999999999")),
                rung("a large number", HELLO.replacing("\"hello\"", "1e300"), 200)
                        .result("{\"isError\": true}"),
                unreadable("half a pair of surrogates in an id", HELLO.replacing("\"id\":1", "\"id\":" + HALF_PAIR)),
                unreadable("half a pair in what comes back", HELLO.replacing("\"hello\"", HALF_PAIR)),
                unreadable("half a pair in a name", HELLO.replacing("\"text\"", HALF_PAIR)),
                rung("a whole pair", HELLO.replacing("hello", "\\ud83d\\ude00"), 200)
                        .says("\ud83d\ude00"),
                rung("a zero character", HELLO.replacing("hello", "a\\u0000b"), 200)
                        .says("a\\u0000b"),
                rung("the end of a line", HELLO.replacing("hello", "a\\n\\ndata: b"), 200)
                        .says("a\\n\\ndata: b"));
    }

    private static byte[] recoded(String charset) {
        return new String(HELLO.body(), UTF_8).getBytes(Charset.forName(charset));
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
