package io.github.moodlemcp.testkit.bridge;

import io.github.moodlemcp.bridge.BridgeConnection;
import io.github.moodlemcp.bridge.BridgeId;
import io.github.moodlemcp.bridge.CloseReason;
import io.github.moodlemcp.bridge.Command;
import io.github.moodlemcp.bridge.CommandId;
import io.github.moodlemcp.bridge.CommandOutcome;
import io.github.moodlemcp.bridge.ConnectedBrowser;
import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.bridge.ProgressListener;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A connection that remembers what it is asked and ends its commands when told to. Safe for use by many threads. */
public final class FakeConnection implements BridgeConnection {
    private final BridgeId bridge;
    private final List<Command> sent = new CopyOnWriteArrayList<>();
    private final List<CommandId> cancelled = new CopyOnWriteArrayList<>();
    private final List<CloseReason> closed = new CopyOnWriteArrayList<>();
    private final List<ProgressListener> listeners = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<CommandOutcome>> outcomes = new CopyOnWriteArrayList<>();

    /** @param bridge the browser it pretends to lead to */
    public FakeConnection(BridgeId bridge) {
        this.bridge = bridge;
    }

    @Override
    public BridgeId bridge() {
        return bridge;
    }

    @Override
    public ConnectedBrowser describe() {
        return new ConnectedBrowser(
                bridge, "Fake browser", "0.1.0", Instant.EPOCH, Instant.EPOCH, List.of(), List.of("list_courses"));
    }

    @Override
    public CompletionStage<CommandOutcome> send(Command command, Deadline deadline, ProgressListener progress) {
        listeners.add(progress);
        CompletableFuture<CommandOutcome> outcome = new CompletableFuture<>();
        outcomes.add(outcome);
        sent.add(command);
        return outcome;
    }

    @Override
    public void cancel(CommandId command) {
        cancelled.add(command);
    }

    @Override
    public void close(CloseReason reason) {
        closed.add(reason);
    }

    /** Ends the command that was sent at this place, counted from 0. */
    public void end(int index, CommandOutcome outcome) {
        outcomes.get(index).complete(outcome);
    }

    /** Says how far the command is that was sent at this place, counted from 0. */
    public void progress(int index, ProgressListener.Progress progress) {
        listeners.get(index).progressed(progress);
    }

    /** Says that the person is asked about the command that was sent at this place, counted from 0. */
    public void askApproval(int index) {
        listeners.get(index).approvalAsked();
    }

    /** Says that the command that was sent at this place, counted from 0, was claimed. */
    public void claim(int index) {
        listeners.get(index).claimed();
    }

    /** The commands it was asked to send, in order. */
    public List<Command> sent() {
        return List.copyOf(sent);
    }

    /** The commands it was asked to cancel, in order. */
    public List<CommandId> cancelled() {
        return List.copyOf(cancelled);
    }

    /** The reasons it was closed for, in order. */
    public List<CloseReason> closed() {
        return List.copyOf(closed);
    }
}
