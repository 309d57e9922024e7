package io.github.moodlemcp.protocol.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.moodlemcp.protocol.bridge.BridgeCodec;
import io.github.moodlemcp.protocol.bridge.ExtensionFrame;
import io.github.moodlemcp.protocol.bridge.ServiceFrame;
import io.github.moodlemcp.protocol.jsonrpc.Decoded;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcCodec;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcError;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcErrorCode;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcRequest;
import io.github.moodlemcp.protocol.jsonrpc.RequestId;
import io.github.moodlemcp.protocol.mcp.Classified;
import io.github.moodlemcp.protocol.mcp.McpClassifier;
import io.github.moodlemcp.protocol.mcp.RequestHeaders;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is demanded of any input: no exception, no wrong answer, and no more than 20 ms.
 *
 * <p>A clock on the wall says little on a busy machine. So the processor time of the thread is measured, which leaves out
 * the compiler and the garbage collector too, and an input is slow only when none of {@value #RUNS} runs was fast enough.
 */
final class Demands {
    static final int MAX_LENGTH = 1 << 20;

    private static final Duration LIMIT = Duration.ofMillis(20);
    private static final int RUNS = 200;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final JsonRpcCodec CODEC = new JsonRpcCodec(MAX_LENGTH);
    private static final BridgeCodec BRIDGE = new BridgeCodec(MAX_LENGTH);
    private static final McpClassifier CLASSIFIER = new McpClassifier();

    private Demands() {}

    /** A body is a message that is written as it was read, a batch of such, or an error with the right code. */
    static void ofBody(byte[] body) {
        Decoded decoded = fast(() -> CODEC.decode(body));
        if (decoded instanceof Decoded.Batch(var elements)) {
            demand(elements.size() <= 100, "a batch of " + elements.size());
            elements.forEach(Demands::ofElement);
        } else {
            ofElement(decoded);
        }
        demand(decoded.equals(CODEC.decode(body)), "another result the second time");
    }

    /** The first three lines are headers, and a line of one hyphen is an absent one; the rest is the body. */
    static void ofPost(byte[] post) {
        String[] lines = new String(post, UTF_8).split("\n", 4);
        if (lines.length < 4) {
            return;
        }
        RequestHeaders headers = new RequestHeaders(header(lines[0]), header(lines[1]), header(lines[2]));
        Decoded decoded = CODEC.decode(lines[3].getBytes(UTF_8));
        Classified classified = fast(() -> CLASSIFIER.classify(decoded, headers));
        if (classified instanceof Classified.Refused(var status, var error)) {
            demand(status == 400, "a refusal with status " + status);
            demand(idOf(decoded) == null || idOf(decoded).equals(error.id()), "a refusal without its id");
            demand(
                    new Decoded.Single(error).equals(CODEC.decode(CODEC.encode(error))),
                    "a refusal that cannot be read");
        }
    }

    /** A frame of an extension is malformed, or is written as it was read. */
    static void ofExtensionFrame(byte[] utf8) {
        String text = new String(utf8, UTF_8);
        ExtensionFrame frame = fast(() -> BRIDGE.decodeExtensionFrame(text));
        if (!(frame instanceof ExtensionFrame.Malformed)) {
            demandSame(frame, BRIDGE.decodeExtensionFrame(BRIDGE.encode(frame)));
        }
    }

    /** A frame of the service likewise. */
    static void ofServiceFrame(byte[] utf8) {
        String text = new String(utf8, UTF_8);
        ServiceFrame frame = fast(() -> BRIDGE.decodeServiceFrame(text));
        if (!(frame instanceof ServiceFrame.Malformed)) {
            demandSame(frame, BRIDGE.decodeServiceFrame(BRIDGE.encode(frame)));
        }
    }

    /** What a body without headers is. */
    static Classified classified(byte[] body) {
        return CLASSIFIER.classify(CODEC.decode(body), new RequestHeaders(null, null, null));
    }

    /** What the supplier gives, which must take no longer than 20 ms. */
    static <T> T fast(Supplier<T> supplier) {
        long fastest = Long.MAX_VALUE;
        for (int run = 0; run < RUNS; run++) {
            long start = THREADS.getCurrentThreadCpuTime();
            T result = supplier.get();
            fastest = Math.min(fastest, THREADS.getCurrentThreadCpuTime() - start);
            if (fastest <= LIMIT.toNanos()) {
                return result;
            }
        }
        throw new AssertionError("took %.1f ms, and no run less".formatted(fastest / 1e6));
    }

    private static void ofElement(Decoded decoded) {
        switch (decoded) {
            case Decoded.Single(var message) -> demandSame(decoded, CODEC.decode(CODEC.encode(message)));
            case Decoded.Invalid(JsonRpcError(var id, var code, var text, var data)) ->
                demand(
                        (code == JsonRpcErrorCode.PARSE_ERROR && id == null || code == JsonRpcErrorCode.INVALID_REQUEST)
                                && data == null,
                        "an error with code " + code);
            case Decoded.Batch ignored -> demand(false, "a batch in a batch");
        }
    }

    private static @Nullable RequestId idOf(Decoded decoded) {
        return decoded instanceof Decoded.Single(JsonRpcRequest request) ? request.id() : null;
    }

    private static @Nullable String header(String line) {
        return line.equals("-") ? null : line.strip();
    }

    /** By their text, too: {@code 15e0} is written as {@code 15}, which is the same number of another type. */
    private static void demandSame(Object read, Object readAgain) {
        demand(read.equals(readAgain) || read.toString().equals(readAgain.toString()), "written otherwise than read");
    }

    private static void demand(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
