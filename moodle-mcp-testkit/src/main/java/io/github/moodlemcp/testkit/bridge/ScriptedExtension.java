package io.github.moodlemcp.testkit.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.moodlemcp.protocol.bridge.BridgeCodec;
import io.github.moodlemcp.protocol.bridge.BridgeProtocol;
import io.github.moodlemcp.protocol.bridge.ExtensionFrame;
import io.github.moodlemcp.protocol.bridge.FailureReason;
import io.github.moodlemcp.protocol.bridge.Hello;
import io.github.moodlemcp.protocol.bridge.ServiceFrame;
import io.github.moodlemcp.protocol.bridge.SiteState;
import io.github.moodlemcp.protocol.jsonrpc.RequestId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An extension without a browser: connects to a service, introduces itself, and answers commands as its script says, or
 * as the test does by hand. Safe for use by many threads.
 */
public final class ScriptedExtension implements AutoCloseable {
    private static final int FRAME_LIMIT = 1 << 20;
    private static final int WAIT_SECONDS = 10;

    private final BridgeCodec codec = new BridgeCodec(FRAME_LIMIT);
    private final BlockingQueue<ServiceFrame> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final Script script;
    private final WebSocket socket;

    /** What an extension answers to a command. */
    @FunctionalInterface
    public interface Script {

        /** The answer, or null to stay silent; the test then answers itself. */
        @Nullable
        ExtensionFrame answer(ServiceFrame.Run command);

        /** Stays silent. */
        static Script silent() {
            return command -> null;
        }

        /** Answers every command with this result. */
        static Script replying(JsonNode result) {
            return command -> new ExtensionFrame.Reply(command.command(), result);
        }

        /** Fails every command for this reason. */
        static Script failing(FailureReason reason) {
            return command -> new ExtensionFrame.Failure(command.command(), reason);
        }
    }

    private ScriptedExtension(HttpClient http, URI url, String origin, String token, Script script) {
        this.script = script;
        this.socket = http.newWebSocketBuilder()
                .header("Origin", origin)
                .subprotocols(BridgeProtocol.SUBPROTOCOL, BridgeProtocol.TOKEN_SUBPROTOCOL_PREFIX + token)
                .buildAsync(url, new Frames())
                .join();
    }

    /**
     * Opens the WebSocket, without an introduction.
     *
     * @throws java.util.concurrent.CompletionException when the handshake is refused
     */
    public static ScriptedExtension open(URI url, String origin, String token, Script script) {
        return new ScriptedExtension(HttpClient.newHttpClient(), url, origin, token, script);
    }

    /** Introduces itself and waits to be welcomed. */
    public ScriptedExtension introduce(String browserId, String browserName, List<SiteState> sites) {
        hello(browserId, browserName, sites);
        ServiceFrame first = nextFrame();
        if (!(first instanceof ServiceFrame.Welcome)) {
            throw new AssertionError("Not welcomed but " + first);
        }
        return this;
    }

    /** Introduces itself. */
    public void hello(String browserId, String browserName, List<SiteState> sites) {
        send(new ExtensionFrame.HelloFrame(
                nextId(),
                new Hello(
                        BridgeProtocol.VERSION,
                        new Hello.Browser(browserId, browserName),
                        new Hello.Extension("0.1.0"),
                        sites,
                        List.of("get_course", "get_status", "list_courses"),
                        List.of())));
    }

    /** An id for a request of the extension. */
    public RequestId nextId() {
        return new RequestId.Text("s" + requests.incrementAndGet());
    }

    /** Sends a frame. */
    public void send(ExtensionFrame frame) {
        sendText(codec.encode(frame));
    }

    /** Sends any text, a frame or not. */
    public void sendText(String text) {
        socket.sendText(text, true).join();
    }

    /** Sends bytes, which no frame of the protocol has. */
    public void sendBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    /** Sends a message cut into fragments. */
    public void sendFragments(List<String> fragments) {
        for (int i = 0; i < fragments.size(); i++) {
            socket.sendText(fragments.get(i), i == fragments.size() - 1).join();
        }
    }

    /** Sends a ping below the protocol, which browsers cannot. */
    public void sendPing() {
        socket.sendPing(ByteBuffer.allocate(0)).join();
    }

    /** Sends a pong below the protocol that nobody asked for. */
    public void sendPong() {
        socket.sendPong(ByteBuffer.allocate(0)).join();
    }

    /** The next frame of the service that the script did not answer; fails when none comes within 10 s. */
    public ServiceFrame nextFrame() {
        try {
            ServiceFrame frame = frames.poll(WAIT_SECONDS, TimeUnit.SECONDS);
            return Objects.requireNonNull(frame, "No frame came");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The close code of the connection; fails when it is not closed within 10 s. */
    public int closeCode() {
        return closeCode.orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Goes away without a close frame, as a browser that crashes does. */
    public void vanish() {
        socket.abort();
    }

    @Override
    public void close() {
        if (!socket.isOutputClosed()) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "")
                    .exceptionally(closed -> socket)
                    .join();
        }
    }

    private final class Frames implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            from.request(1);
            if (last) {
                String frame = text.toString();
                text.setLength(0);
                take(from, codec.decodeServiceFrame(frame));
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closeCode.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closeCode.complete(1006);
        }

        private void take(WebSocket from, ServiceFrame frame) {
            ExtensionFrame answer = frame instanceof ServiceFrame.Run run ? script.answer(run) : null;
            if (answer == null) {
                frames.add(frame);
            } else {
                from.sendText(codec.encode(answer), true);
            }
        }
    }
}
