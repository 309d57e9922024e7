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
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
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
    private static final List<String> OPERATIONS = List.of("get_course", "get_status", "list_courses");

    private final BridgeCodec codec = new BridgeCodec(FRAME_LIMIT);
    private final BlockingQueue<ServiceFrame> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final ConcurrentMap<RequestId, CompletableFuture<ServiceFrame.ClaimAnswer>> claims =
            new ConcurrentHashMap<>();
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
        return introduce(hello(browserId, browserName, sites, OPERATIONS, List.of()));
    }

    /** Introduces itself in these words and waits to be welcomed. */
    public ScriptedExtension introduce(Hello hello) {
        send(new ExtensionFrame.HelloFrame(nextId(), hello));
        ServiceFrame first = nextFrame();
        if (!(first instanceof ServiceFrame.Welcome)) {
            throw new AssertionError("Not welcomed but " + first);
        }
        return this;
    }

    /** Introduces itself. */
    public void hello(String browserId, String browserName, List<SiteState> sites) {
        send(new ExtensionFrame.HelloFrame(nextId(), hello(browserId, browserName, sites, OPERATIONS, List.of())));
    }

    /**
     * The words of an introduction.
     *
     * @param operations the operations it can run
     * @param journal the writes it says it ran, the oldest first
     */
    public static Hello hello(
            String browserId,
            String browserName,
            List<SiteState> sites,
            List<String> operations,
            List<Hello.JournalEntry> journal) {
        return new Hello(
                BridgeProtocol.VERSION,
                new Hello.Browser(browserId, browserName),
                new Hello.Extension("0.1.0"),
                sites,
                operations,
                journal);
    }

    /** Says that the person is being asked now whether the command may run. */
    public void askApproval(String command) {
        send(new ExtensionFrame.Approval(command));
    }

    /**
     * Claims a command and waits for the answer, at most 10 s; not to be called by a {@link Script}, whose thread reads it.
     *
     * @return nothing when the claim was granted, else the word for why not
     */
    public Optional<String> claim(String command) {
        RequestId id = nextId();
        CompletableFuture<ServiceFrame.ClaimAnswer> answer = new CompletableFuture<>();
        claims.put(id, answer);
        send(new ExtensionFrame.Claim(id, command));
        return Optional.ofNullable(
                answer.orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join().refusal());
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

    /** The command that comes next; fails when another frame comes, or none within 10 s. */
    public ServiceFrame.Run nextRun() {
        ServiceFrame frame = nextFrame();
        if (frame instanceof ServiceFrame.Run run) {
            return run;
        }
        throw new AssertionError("Not a command but " + frame);
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
            if (frame instanceof ServiceFrame.ClaimAnswer claimed) {
                CompletableFuture<ServiceFrame.ClaimAnswer> awaited = claims.remove(claimed.id());
                if (awaited != null) {
                    awaited.complete(claimed);
                    return;
                }
            }
            ExtensionFrame answer = frame instanceof ServiceFrame.Run run ? script.answer(run) : null;
            if (answer == null) {
                frames.add(frame);
            } else {
                from.sendText(codec.encode(answer), true);
            }
        }
    }
}
