package io.github.moodlemcp.testkit.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.moodlemcp.bridge.AccountId;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection and the browser at its other end, with nothing between them. Safe for use by many threads. */
class DirectConnection implements BridgeConnection, BridgeConnectionContract.Peer {
    private static final int WAIT_SECONDS = 2;

    private final BridgeId bridge =
            new BridgeId(new AccountId("anna"), UUID.randomUUID().toString());
    private final BlockingQueue<CommandId> arrived = new LinkedBlockingQueue<>();
    private final BlockingQueue<CommandId> cancellations = new LinkedBlockingQueue<>();
    private final Map<CommandId, Entry> entries = new HashMap<>();
    private boolean closed;

    private static final class Entry {
        final CompletableFuture<CommandOutcome> outcome = new CompletableFuture<>();
        final ProgressListener listener;
        boolean asked;
        boolean claimed;
        /** The word a claim is refused with, once the command has ended. */
        @Nullable
        String ended;

        Entry(ProgressListener listener) {
            this.listener = listener;
        }
    }

    @Override
    public BridgeId bridge() {
        return bridge;
    }

    @Override
    public ConnectedBrowser describe() {
        return new ConnectedBrowser(
                bridge, "Direct", "0.1.0", Instant.EPOCH, Instant.EPOCH, List.of(), List.of("list_courses"));
    }

    @Override
    public synchronized CompletionStage<CommandOutcome> send(
            Command command, Deadline deadline, ProgressListener progress) {
        if (closed) {
            return CompletableFuture.completedFuture(new CommandOutcome.NotConnected());
        }
        Entry entry = new Entry(progress);
        entries.put(command.id(), entry);
        arrived.add(command.id());
        CompletableFuture.delayedExecutor(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> expire(command.id(), entry));
        return entry.outcome;
    }

    private synchronized void expire(CommandId command, Entry entry) {
        if (end(command, "expired", new CommandOutcome.TimedOut(entry.claimed))) {
            tellCancelled(command);
        }
    }

    @Override
    public synchronized void cancel(CommandId command) {
        Entry entry = entries.get(command);
        if (entry != null && !entry.claimed && end(command, "cancelled", new CommandOutcome.TimedOut(false))) {
            tellCancelled(command);
        }
    }

    void tellCancelled(CommandId command) {
        cancellations.add(command);
    }

    @Override
    public synchronized void close(CloseReason reason) {
        closed = true;
        entries.forEach((command, entry) -> end(command, "expired", new CommandOutcome.Disconnected(entry.claimed)));
    }

    /** Ends a command, and returns whether it had not ended before. */
    final synchronized boolean end(CommandId command, String refusal, CommandOutcome outcome) {
        Entry entry = entries.get(command);
        if (entry == null || entry.ended != null) {
            return false;
        }
        entry.ended = refusal;
        return entry.outcome.complete(outcome);
    }

    @Override
    public CommandId nextCommand() {
        return next(arrived);
    }

    @Override
    public void awaitCancellation(CommandId command) {
        if (!next(cancellations).equals(command)) {
            throw new AssertionError("Another command was cancelled");
        }
    }

    private static CommandId next(BlockingQueue<CommandId> queue) {
        try {
            CommandId next = queue.poll(WAIT_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("Nothing came");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public synchronized void askApproval(CommandId command) {
        Entry entry = entries.get(command);
        if (entry != null && entry.ended == null && !entry.asked) {
            entry.asked = true;
            entry.listener.approvalAsked();
        }
    }

    @Override
    public synchronized Optional<String> claim(CommandId command) {
        Entry entry = entries.get(command);
        if (entry == null) {
            return Optional.of("unknown_command");
        }
        if (entry.ended != null) {
            return Optional.of(entry.ended);
        }
        if (entry.claimed) {
            return Optional.of("already_claimed");
        }
        entry.claimed = true;
        entry.listener.claimed();
        return Optional.empty();
    }

    @Override
    public void reply(CommandId command, JsonNode result) {
        end(command, "expired", new CommandOutcome.Completed(result));
    }

    @Override
    public void leave() {
        close(CloseReason.SILENT);
    }
}
