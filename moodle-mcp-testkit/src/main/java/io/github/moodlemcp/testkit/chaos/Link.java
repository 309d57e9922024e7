package io.github.moodlemcp.testkit.chaos;

import io.github.moodlemcp.protocol.bridge.BridgeCodec;
import io.github.moodlemcp.protocol.bridge.BridgeProtocol;
import io.github.moodlemcp.protocol.bridge.ExtensionFrame;
import io.github.moodlemcp.protocol.bridge.Hello;
import io.github.moodlemcp.protocol.bridge.ServiceFrame;
import io.github.moodlemcp.protocol.jsonrpc.RequestId;
import io.github.moodlemcp.testkit.chaos.Event.CancelArrived;
import io.github.moodlemcp.testkit.chaos.Event.ClaimAnswer;
import io.github.moodlemcp.testkit.chaos.Event.ClaimAnswered;
import io.github.moodlemcp.testkit.chaos.Event.CommandArrived;
import io.github.moodlemcp.testkit.chaos.Event.Place;
import io.github.moodlemcp.testkit.load.Handshake;
import io.github.moodlemcp.testkit.load.LightSocket;
import io.github.moodlemcp.testkit.load.SocketLoop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection of a chaotic browser. Safe for use by many threads. */
final class Link {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int GOING_AWAY = 1001;
    private static final int FRAME_LIMIT = 1 << 20;
    private static final BridgeCodec CODEC = new BridgeCodec(FRAME_LIMIT);
    private static final List<String> OPERATIONS = List.of("chaos_read", "chaos_write");

    private final Place place;
    private final long journalShown;
    private final Recorder recorder;
    private final Consumer<Arrived> commands;
    /** Set when it opens, which may be before it is returned to the constructor. */
    private volatile LightSocket socket;

    private final AtomicLong requests = new AtomicLong();
    private final CompletableFuture<Long> welcomed = new CompletableFuture<>();
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private final Map<RequestId, CompletableFuture<ClaimAnswer>> claims = new ConcurrentHashMap<>();
    /** The commands at work here, and what is complete when they are cancelled. */
    private final Map<String, Arrived> atWork = new ConcurrentHashMap<>();

    /**
     * A command that came.
     *
     * @param cancelled complete when it was cancelled
     */
    record Arrived(Link link, String errand, ServiceFrame.Run run, CompletableFuture<Void> cancelled) {
        String command() {
            return run.command();
        }
    }

    /**
     * @param journalShown the number of the journal that {@code hello} shows
     * @param commands takes the commands that come, on the thread of the loop
     */
    Link(
            Place place,
            SocketLoop loop,
            Handshake handshake,
            Hello hello,
            long journalShown,
            Recorder recorder,
            Consumer<Arrived> commands) {
        this.journalShown = journalShown;
        this.place = place;
        this.recorder = recorder;
        this.commands = commands;
        this.socket = loop.open(handshake, new Frames(hello));
    }

    Place place() {
        return place;
    }

    long journalShown() {
        return journalShown;
    }

    /** Waits for the welcome; returns false when the connection ends instead. */
    boolean awaitWelcome() {
        try {
            welcomed.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            vanish();
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** When it was welcomed, as the monotonic clock has it. */
    long since() {
        return welcomed.join();
    }

    boolean isLive() {
        return welcomed.isDone() && !ended.isDone();
    }

    /** Waits for the end; returns whether it came in time. */
    boolean awaitEnd(Duration atMost) throws InterruptedException {
        try {
            ended.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (TimeoutException e) {
            return false;
        }
    }

    void ping() {
        send(new ExtensionFrame.Ping(nextId()));
    }

    void send(ExtensionFrame frame) {
        if (isLive()) {
            socket.send(CODEC.encode(frame));
        }
    }

    /** Claims a command, which need not have come here, and waits for the answer. */
    ClaimAnswer claim(Arrived command) {
        return awaitClaim(command, beginClaim(command));
    }

    /** A claim that was sent. */
    record Claim(long askedAt, CompletableFuture<ClaimAnswer> answer) {}

    Claim beginClaim(Arrived command) {
        RequestId id = nextId();
        CompletableFuture<ClaimAnswer> answer = new CompletableFuture<>();
        claims.put(id, answer);
        Claim claim = new Claim(System.nanoTime(), answer);
        send(new ExtensionFrame.Claim(id, command.command()));
        ended.thenRun(() -> answer.complete(ClaimAnswer.LOST));
        return claim;
    }

    ClaimAnswer awaitClaim(Arrived command, Claim claim) {
        ClaimAnswer answer = claim.answer()
                .completeOnTimeout(ClaimAnswer.LOST, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        recorder.record(new ClaimAnswered(command.errand(), command.command(), place, answer, claim.askedAt()));
        recorder.count(
                switch (answer) {
                    case GRANTED -> Happening.CLAIM_GRANTED;
                    case REFUSED -> Happening.CLAIM_REFUSED;
                    case LOST -> Happening.CLAIM_LOST;
                });
        return answer;
    }

    /** Forgets a command that has ended here, so that its cancellation is not noted any more. */
    void forget(String command) {
        atWork.remove(command);
    }

    /** Goes away as a browser does that is closed. */
    void close() {
        socket.close(GOING_AWAY);
        ended.complete(GOING_AWAY);
    }

    /** Goes away without a word. */
    void vanish() {
        socket.abort();
        ended.complete(LightSocket.ABNORMAL);
    }

    private RequestId nextId() {
        return new RequestId.Text("r" + requests.incrementAndGet());
    }

    private void take(ServiceFrame frame) {
        switch (frame) {
            case ServiceFrame.Welcome ignored -> welcomed.complete(System.nanoTime());
            case ServiceFrame.Run run -> arrived(run);
            case ServiceFrame.Cancel(var command) -> cancelled(command);
            case ServiceFrame.ClaimAnswer(var id, var refusal) -> answered(id, refusal);
            case ServiceFrame.Pong ignored -> {}
            case ServiceFrame.LimitWarning ignored -> {}
            case ServiceFrame.UnknownMethod ignored -> {}
            case ServiceFrame.Malformed(var why) -> throw new IllegalStateException("The service sent " + why);
        }
    }

    private void arrived(ServiceFrame.Run run) {
        String errand = run.arguments().path("errand").asText();
        Arrived arrived = new Arrived(this, errand, run, new CompletableFuture<>());
        atWork.put(run.command(), arrived);
        recorder.record(new CommandArrived(errand, run.command(), place, run.remainingMs(), System.nanoTime()));
        commands.accept(arrived);
    }

    private void cancelled(String command) {
        Arrived arrived = atWork.get(command);
        if (arrived != null) {
            recorder.record(new CancelArrived(arrived.errand(), command, place, System.nanoTime()));
            arrived.cancelled().complete(null);
        }
    }

    private void answered(RequestId id, @Nullable String refusal) {
        CompletableFuture<ClaimAnswer> claim = claims.remove(id);
        if (claim != null) {
            claim.complete(refusal == null ? ClaimAnswer.GRANTED : ClaimAnswer.REFUSED);
        }
    }

    private final class Frames implements LightSocket.Listener {
        private final Hello hello;

        Frames(Hello hello) {
            this.hello = hello;
        }

        @Override
        public void opened(LightSocket opened) {
            socket = opened;
            opened.send(CODEC.encode(new ExtensionFrame.HelloFrame(nextId(), hello)));
        }

        @Override
        public void text(LightSocket from, String text) {
            if (!ended.isDone()) {
                take(CODEC.decodeServiceFrame(text));
            }
        }

        @Override
        public void closed(LightSocket closed, int code) {
            if (ended.complete(code)) {
                recorder.count(Happening.CLOSED_BY_SERVICE);
            }
            welcomed.completeExceptionally(new IllegalStateException("Closed with " + code));
        }
    }

    /** What an extension says of itself. */
    static Hello hello(String browser, String name, List<Hello.JournalEntry> journal) {
        return new Hello(
                BridgeProtocol.VERSION,
                new Hello.Browser(browser, name),
                new Hello.Extension("0.1.0"),
                List.of(),
                OPERATIONS,
                journal);
    }
}
