package io.github.moodlemcp.server.jakarta;

import io.github.moodlemcp.bridge.Command;
import io.github.moodlemcp.bridge.CommandOutcome;
import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.bridge.ProgressListener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The commands one connection has sent and not yet seen the end of. Safe for use by many threads; futures are completed,
 * and listeners told, outside the lock.
 *
 * <pre>
 *            claim                reply
 *   waiting ───────► claimed ─────────────► ended
 *      │  │             │   deadline, close   ▲ ▲
 *      │  └─────────────┴─────────────────────┘ │
 *      └────────────────────────────────────────┘
 *        cancel
 * </pre>
 */
final class PendingCommands {
    private static final int REMEMBERED = 1024;
    private static final long PROGRESS_INTERVAL = TimeUnit.SECONDS.toNanos(1);
    private static final String EXPIRED = "expired";
    private static final String CANCELLED = "cancelled";

    private final int limit;
    private final Map<String, Entry> waiting = new LinkedHashMap<>();
    private final SequencedMap<String, Ended> ended = new LinkedHashMap<>();
    private boolean closed;

    /** @param limit how many commands may wait at the same time */
    PendingCommands(int limit) {
        this.limit = limit;
    }

    private static final class Entry {
        final CompletableFuture<CommandOutcome> outcome = new CompletableFuture<>();
        final Deadline deadline;
        final ProgressListener progress;
        final Mentions mentions = new Mentions();
        boolean asked;
        boolean claimed;
        /** Complete when the listener has heard what it must hear before the outcome. */
        CompletableFuture<Void> told = CompletableFuture.completedFuture(null);

        Entry(Deadline deadline, ProgressListener progress) {
            this.deadline = deadline;
            this.progress = progress;
        }

        /** To be called under the lock; what it returns is to be completed once the listener was told. */
        CompletableFuture<Void> beginTelling() {
            CompletableFuture<Void> telling = new CompletableFuture<>();
            told = CompletableFuture.allOf(told, telling);
            return telling;
        }

        /** To be called outside the lock, once the entry is in no list any more. */
        void complete(CommandOutcome ending) {
            told.thenRun(() -> outcome.complete(ending));
        }
    }

    /** A command that has ended: which frames have named it, and the word a claim of it is refused with. */
    private record Ended(Mentions mentions, String refusal) {}

    /** How a frame may name a command. */
    enum Mention {
        APPROVAL,
        CLAIM,
        REPLY,
        PROGRESS
    }

    /** Which frames have named a command. */
    private static final class Mentions {
        boolean approval;
        boolean claim;
        boolean reply;
        boolean progress;
        /** When the last expected progress came; meaningful once one has. */
        long progressAt;

        boolean isExpected(Mention mention, long now) {
            return switch (mention) {
                case APPROVAL -> !approval && (approval = true);
                case CLAIM -> !claim && (claim = true);
                case REPLY -> !reply && (reply = true);
                case PROGRESS -> {
                    boolean expected = !progress || now - progressAt >= PROGRESS_INTERVAL;
                    progress = true;
                    progressAt = expected ? now : progressAt;
                    yield expected;
                }
            };
        }
    }

    /** What came of noting a command. */
    sealed interface Noted {
        /** It is noted and may be sent. */
        record Waiting(CompletionStage<CommandOutcome> outcome) implements Noted {}

        /** Too many wait. */
        record Full() implements Noted {}

        /** The connection has ended. */
        record Closed() implements Noted {}
    }

    /** Notes a command that is about to be sent. */
    Noted note(Command command, Deadline deadline, ProgressListener progress) {
        synchronized (waiting) {
            if (closed) {
                return new Noted.Closed();
            }
            if (waiting.size() >= limit) {
                return new Noted.Full();
            }
            Entry entry = new Entry(deadline, progress);
            waiting.put(command.id().value(), entry);
            return new Noted.Waiting(entry.outcome);
        }
    }

    /**
     * Ends a command.
     *
     * @param outcome makes the outcome from whether the command was claimed
     * @return whether it was waiting
     */
    boolean end(String command, Function<Boolean, CommandOutcome> outcome) {
        Entry entry;
        synchronized (waiting) {
            entry = waiting.remove(command);
            if (entry == null) {
                return false;
            }
            remember(command, entry, EXPIRED);
        }
        entry.complete(outcome.apply(entry.claimed));
        return true;
    }

    /**
     * Ends a command that nobody wants any more, unless it was claimed: then it goes on to its end.
     *
     * @return whether it ended
     */
    boolean cancel(String command) {
        Entry entry;
        synchronized (waiting) {
            entry = waiting.get(command);
            if (entry == null || entry.claimed) {
                return false;
            }
            waiting.remove(command);
            remember(command, entry, CANCELLED);
        }
        entry.complete(new CommandOutcome.TimedOut(false));
        return true;
    }

    /** Tells the listener of a waiting command, once, that the person is being asked. */
    void approvalAsked(String command) {
        Entry entry;
        CompletableFuture<Void> telling;
        synchronized (waiting) {
            entry = waiting.get(command);
            if (entry == null || entry.asked || entry.claimed) {
                return;
            }
            entry.asked = true;
            telling = entry.beginTelling();
        }
        tell(telling, entry.progress::approvalAsked);
    }

    private static void tell(CompletableFuture<Void> telling, Runnable listener) {
        try {
            listener.run();
        } finally {
            telling.complete(null);
        }
    }

    /** Tells the listener of a waiting command how far it is; does nothing when the command has ended. */
    void progressed(String command, ProgressListener.Progress progress) {
        Entry entry;
        synchronized (waiting) {
            entry = waiting.get(command);
        }
        if (entry != null) {
            entry.progress.progressed(progress);
        }
    }

    /**
     * Whether a frame that names a command is owed to that command: its first approval, claim and reply, even after it has
     * ended, and one progress a second while it waits. To be asked once for each frame, before the frame takes effect.
     *
     * @param now the time of the monotonic clock, in nanoseconds
     */
    boolean isExpected(String command, Mention mention, long now) {
        synchronized (waiting) {
            Entry entry = waiting.get(command);
            if (entry != null) {
                return entry.mentions.isExpected(mention, now);
            }
            Ended over = ended.get(command);
            return over != null && mention != Mention.PROGRESS && over.mentions.isExpected(mention, now);
        }
    }

    /** Whether no command waits. */
    boolean isEmpty() {
        synchronized (waiting) {
            return waiting.isEmpty();
        }
    }

    /** Whether the command was sent on this connection; of those that ended, only the last 1024 are remembered. */
    boolean has(String command) {
        synchronized (waiting) {
            return waiting.containsKey(command) || ended.containsKey(command);
        }
    }

    /** Whether the command was sent on this connection and has ended; only the last 1024 are remembered. */
    boolean hasEnded(String command) {
        synchronized (waiting) {
            return ended.containsKey(command);
        }
    }

    /**
     * Grants a claim, once, and tells the listener of the command.
     *
     * @return nothing when it is granted, else the word for why not
     */
    Optional<String> claim(String command) {
        Entry entry;
        CompletableFuture<Void> telling;
        synchronized (waiting) {
            entry = waiting.get(command);
            Optional<String> refusal = refusal(command, entry);
            if (refusal.isPresent() || entry == null) {
                return refusal;
            }
            entry.claimed = true;
            telling = entry.beginTelling();
        }
        tell(telling, entry.progress::claimed);
        return Optional.empty();
    }

    private Optional<String> refusal(String command, @Nullable Entry entry) {
        if (entry == null) {
            Ended over = ended.get(command);
            return Optional.of(over == null ? "unknown_command" : over.refusal);
        }
        if (entry.claimed) {
            return Optional.of("already_claimed");
        }
        return entry.deadline.isOver() ? Optional.of(EXPIRED) : Optional.empty();
    }

    /** Ends all commands, and lets no more in. */
    void close(Function<Boolean, CommandOutcome> outcome) {
        List<Entry> left;
        synchronized (waiting) {
            closed = true;
            left = new ArrayList<>(waiting.values());
            waiting.forEach((command, entry) -> remember(command, entry, EXPIRED));
            waiting.clear();
        }
        left.forEach(entry -> entry.complete(outcome.apply(entry.claimed)));
    }

    private void remember(String command, Entry entry, String refusal) {
        ended.put(command, new Ended(entry.mentions, refusal));
        if (ended.size() > REMEMBERED) {
            ended.pollFirstEntry();
        }
    }
}
