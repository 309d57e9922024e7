package io.github.moodlemcp.server.jakarta;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.github.moodlemcp.bridge.BridgeConnection;
import io.github.moodlemcp.bridge.BridgeId;
import io.github.moodlemcp.bridge.CloseReason;
import io.github.moodlemcp.bridge.Command;
import io.github.moodlemcp.bridge.CommandId;
import io.github.moodlemcp.bridge.CommandOutcome;
import io.github.moodlemcp.bridge.ConnectedBrowser;
import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.bridge.ProgressListener;
import io.github.moodlemcp.protocol.bridge.BridgeCodec;
import io.github.moodlemcp.protocol.bridge.ExtensionFrame;
import io.github.moodlemcp.protocol.bridge.FailureReason;
import io.github.moodlemcp.protocol.bridge.Hello;
import io.github.moodlemcp.protocol.bridge.ServiceFrame;
import io.github.moodlemcp.protocol.bridge.SiteState;
import jakarta.websocket.Session;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The live WebSocket to one extension that has introduced itself. Safe for use by many threads.
 *
 * <p>{@link Bridges} hands it the frames that come in, one after the other.
 */
final class WebSocketBridgeConnection implements BridgeConnection {
    private static final System.Logger LOG = System.getLogger(WebSocketBridgeConnection.class.getName());
    private static final int MAX_UNMATCHED_REPLIES = 3;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final BridgeId bridge;
    private final Session session;
    private final FrameSender sender;
    private final AccountShares.Place place;
    private final BridgeCodec codec;
    private final ScheduledExecutorService timer;
    private final PendingCommands pending;
    private final Hello hello;
    private final Instant connectedSince;
    private final AtomicInteger unmatchedReplies = new AtomicInteger();
    private final AtomicReference<@Nullable CloseReason> closedFor = new AtomicReference<>();
    private volatile Instant lastSeen;
    private volatile long lastHeard = System.nanoTime();
    private volatile List<SiteState> sites;

    WebSocketBridgeConnection(
            BridgeId bridge,
            Hello hello,
            Session session,
            FrameSender sender,
            AccountShares.Place place,
            BridgeCodec codec,
            ScheduledExecutorService timer,
            int maxCommandsInFlight,
            Instant now) {
        this.bridge = bridge;
        this.hello = hello;
        this.session = session;
        this.sender = sender;
        this.place = place;
        this.codec = codec;
        this.timer = timer;
        this.pending = new PendingCommands(maxCommandsInFlight);
        this.connectedSince = now;
        this.lastSeen = now;
        this.sites = hello.sites();
    }

    @Override
    public BridgeId bridge() {
        return bridge;
    }

    @Override
    public ConnectedBrowser describe() {
        return new ConnectedBrowser(
                bridge,
                hello.browser().name(),
                hello.extension().version(),
                connectedSince,
                lastSeen,
                sites,
                hello.operations());
    }

    @Override
    public CompletionStage<CommandOutcome> send(Command command, Deadline deadline, ProgressListener progress) {
        if (!place.beginCommand()) {
            return completedFuture(new CommandOutcome.Overloaded(RETRY_AFTER));
        }
        CompletionStage<CommandOutcome> outcome = switch (pending.note(command, deadline, progress)) {
            case PendingCommands.Noted.Closed() -> completedFuture(new CommandOutcome.NotConnected());
            case PendingCommands.Noted.Full() -> completedFuture(new CommandOutcome.Overloaded(RETRY_AFTER));
            case PendingCommands.Noted.Waiting(var awaited) -> {
                send(command, deadline, awaited);
                yield awaited;
            }
        };
        outcome.whenComplete((ended, defect) -> place.endCommand());
        return outcome;
    }

    private void send(Command command, Deadline deadline, CompletionStage<CommandOutcome> outcome) {
        String id = command.id().value();
        long remaining = deadline.remaining().toMillis();
        Future<?> expiry = timer.schedule(() -> expire(id), remaining, TimeUnit.MILLISECONDS);
        outcome.whenComplete((ended, defect) -> expiry.cancel(false));
        String frame = codec.encode(new ServiceFrame.Run(
                id,
                command.tool(),
                command.arguments(),
                command.site(),
                remaining,
                command.sideEffect().text()));
        if (!sender.offer(frame)) {
            pending.end(id, claimed -> new CommandOutcome.Overloaded(RETRY_AFTER));
        }
    }

    @Override
    public void cancel(CommandId command) {
        if (pending.cancel(command.value())) {
            sendCancel(command.value());
        }
    }

    private void expire(String command) {
        if (pending.end(command, CommandOutcome.TimedOut::new)) {
            sendCancel(command);
        }
    }

    private void sendCancel(String command) {
        sender.offerOwed(codec.encode(new ServiceFrame.Cancel(command)));
    }

    @Override
    public void close(CloseReason reason) {
        closedFor.compareAndSet(null, reason);
        Closing.close(session, reason);
        onClosed();
    }

    /** Why the service closed it first; null as long as it did not. */
    @Nullable
    CloseReason closedFor() {
        return closedFor.get();
    }

    /** Whether the command was sent on this connection; of those that ended, only the last 1024 are remembered. */
    boolean hasCommand(String command) {
        return pending.has(command);
    }

    /** When the last frame came, in nanoseconds of the monotonic clock. */
    long lastHeard() {
        return lastHeard;
    }

    /** Whether commands wait for an answer. */
    boolean isBusy() {
        return !pending.isEmpty();
    }

    /**
     * Whether a command of this connection brought this frame about, so that it does not count as one of the extension's
     * own; to be asked once, before the frame is received.
     *
     * @param now the time of the monotonic clock, in nanoseconds
     */
    boolean isExpected(ExtensionFrame frame, long now) {
        return switch (frame) {
            case ExtensionFrame.Approval approval ->
                pending.isExpected(approval.command(), PendingCommands.Mention.APPROVAL, now);
            case ExtensionFrame.Claim claim -> pending.isExpected(claim.command(), PendingCommands.Mention.CLAIM, now);
            case ExtensionFrame.Progress progress ->
                pending.isExpected(progress.command(), PendingCommands.Mention.PROGRESS, now);
            case ExtensionFrame.Reply reply -> pending.isExpected(reply.command(), PendingCommands.Mention.REPLY, now);
            case ExtensionFrame.Failure failure ->
                pending.isExpected(failure.command(), PendingCommands.Mention.REPLY, now);
            case ExtensionFrame.Ping ignored -> false;
            case ExtensionFrame.Status ignored -> false;
            case ExtensionFrame.UnknownRequest ignored -> false;
            case ExtensionFrame.UnknownNotification ignored -> false;
            case ExtensionFrame.HelloFrame ignored -> false;
            case ExtensionFrame.Malformed ignored -> false;
        };
    }

    /**
     * Takes in a frame that came after the introduction.
     *
     * @param expected whether it {@linkplain #isExpected is expected}; progress that is not is dropped
     */
    void receive(ExtensionFrame frame, boolean expected, Instant now) {
        lastSeen = now;
        lastHeard = System.nanoTime();
        switch (frame) {
            case ExtensionFrame.Ping(var id) -> answer(new ServiceFrame.Pong(id));
            case ExtensionFrame.Status(var described) -> sites = described;
            case ExtensionFrame.Approval(var command) -> pending.approvalAsked(command);
            case ExtensionFrame.Claim(var id, var command) ->
                answer(new ServiceFrame.ClaimAnswer(id, pending.claim(command).orElse(null)));
            case ExtensionFrame.Progress(var command, var done, var total, var message) -> {
                if (expected) {
                    pending.progressed(command, new ProgressListener.Progress(done, total, message));
                }
            }
            case ExtensionFrame.Reply(var command, var result) ->
                end(command, claimed -> new CommandOutcome.Completed(result));
            case ExtensionFrame.Failure(var command, var reason) -> end(command, claimed -> outcomeOf(reason, claimed));
            case ExtensionFrame.UnknownRequest(var id, var method) -> answer(new ServiceFrame.UnknownMethod(id));
            case ExtensionFrame.UnknownNotification ignored -> LOG.log(Level.TRACE, "event=unknown_notification");
            case ExtensionFrame.HelloFrame ignored -> close(CloseReason.PROTOCOL_VIOLATION);
            case ExtensionFrame.Malformed(var why) -> {
                LOG.log(Level.WARNING, "event=malformed_frame why=\"" + why + "\"");
                close(CloseReason.PROTOCOL_VIOLATION);
            }
        }
    }

    /** The connection has ended: so have its commands. */
    void onClosed() {
        pending.close(CommandOutcome.Disconnected::new);
    }

    private void end(String command, Function<Boolean, CommandOutcome> outcome) {
        if (pending.end(command, outcome) || pending.hasEnded(command)) {
            return;
        }
        LOG.log(Level.WARNING, "event=unmatched_reply");
        if (unmatchedReplies.incrementAndGet() >= MAX_UNMATCHED_REPLIES) {
            close(CloseReason.PROTOCOL_VIOLATION);
        }
    }

    private void answer(ServiceFrame frame) {
        if (!sender.offerOwed(codec.encode(frame))) {
            close(CloseReason.TOO_MANY_FRAMES);
        }
    }

    private static CommandOutcome outcomeOf(FailureReason reason, boolean claimed) {
        return reason.reason().equals("rejected")
                ? new CommandOutcome.Rejected(reason)
                : new CommandOutcome.Failed(reason, claimed);
    }
}
