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

/**
 * The commands one connection has sent and not yet seen the end of. Safe for use by many threads; futures are completed
 * outside the lock.
 *
 * <pre>
 *            claim                reply
 *   waiting ───────► claimed ─────────────► ended
 *      │                │   deadline, close   ▲
 *      └────────────────┴─────────────────────┘
 * </pre>
 */
final class PendingCommands {
    private static final int REMEMBERED = 1024;
    private static final long PROGRESS_INTERVAL = TimeUnit.SECONDS.toNanos(1);

    private final int limit;
    private final Map<String, Entry> waiting = new LinkedHashMap<>();
    private final SequencedMap<String, Mentions> ended = new LinkedHashMap<>();
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
        boolean claimed;

        Entry(Deadline deadline, ProgressListener progress) {
            this.deadline = deadline;
            this.progress = progress;
        }
    }

    /** How a frame may name a command. */
    enum Mention {
        CLAIM,
        REPLY,
        PROGRESS
    }

    /** Which frames have named a command. */
    private static final class Mentions {
        boolean claim;
        boolean reply;
        boolean progress;
        /** When the last expected progress came; meaningful once one has. */
        long progressAt;

        boolean isExpected(Mention mention, long now) {
            return switch (mention) {
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
            remember(command, entry);
        }
        entry.outcome.complete(outcome.apply(entry.claimed));
        return true;
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
     * Whether a frame that names a command is owed to that command: its first claim and its first reply, even after it has
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
            Mentions mentions = ended.get(command);
            return mentions != null && mention != Mention.PROGRESS && mentions.isExpected(mention, now);
        }
    }

    /** Whether no command waits. */
    boolean isEmpty() {
        synchronized (waiting) {
            return waiting.isEmpty();
        }
    }

    /** Whether the command was sent on this connection and has ended; only the last 1024 are remembered. */
    boolean hasEnded(String command) {
        synchronized (waiting) {
            return ended.containsKey(command);
        }
    }

    /**
     * Grants a claim, once.
     *
     * @return nothing when it is granted, else the word for why not
     */
    Optional<String> claim(String command) {
        synchronized (waiting) {
            Entry entry = waiting.get(command);
            if (entry == null) {
                return Optional.of(ended.containsKey(command) ? "expired" : "unknown_command");
            }
            if (entry.claimed) {
                return Optional.of("already_claimed");
            }
            if (entry.deadline.isOver()) {
                return Optional.of("expired");
            }
            entry.claimed = true;
            return Optional.empty();
        }
    }

    /** Ends all commands, and lets no more in. */
    void close(Function<Boolean, CommandOutcome> outcome) {
        List<Entry> left;
        synchronized (waiting) {
            closed = true;
            left = new ArrayList<>(waiting.values());
            waiting.forEach(this::remember);
            waiting.clear();
        }
        left.forEach(entry -> entry.outcome.complete(outcome.apply(entry.claimed)));
    }

    private void remember(String command, Entry entry) {
        ended.put(command, entry.mentions);
        if (ended.size() > REMEMBERED) {
            ended.pollFirstEntry();
        }
    }
}
