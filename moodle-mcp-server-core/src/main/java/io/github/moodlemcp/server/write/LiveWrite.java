package io.github.moodlemcp.server.write;

import io.github.moodlemcp.bridge.BridgeId;
import io.github.moodlemcp.bridge.CommandId;
import io.github.moodlemcp.bridge.CommandOutcome;
import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.bridge.ProgressListener.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A write that this node has sent, and the calls that wait for it. Safe for use by many threads.
 *
 * <pre>
 *   sent ──asked──► person is asked ──claimed──► acts ──► ended or lost
 *     └──────────────────claimed─────────────────┘
 * </pre>
 */
final class LiveWrite {
    private final BridgeId bridge;
    private final CommandId command;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Waiter> waiters = new CopyOnWriteArrayList<>();
    private boolean goesOnAlone;
    private boolean asked;
    private boolean claimed;
    private boolean lost;
    private @Nullable CommandOutcome outcome;

    LiveWrite(BridgeId bridge, CommandId command) {
        this.bridge = bridge;
        this.command = command;
    }

    /** What a call that waits gets to see. */
    sealed interface Seen {
        /** It ended. */
        record Ended(CommandOutcome outcome) implements Seen {}

        /** Its browser went after the claim. */
        record Lost() implements Seen {}

        /** The person was asked and takes time; from now on the write goes on without calls. */
        record PersonIsAsked() implements Seen {}

        /** The call's time is over, and the write acts. */
        record Acts() implements Seen {}

        /** The call's time is over, and the browser has done nothing yet. */
        record Idle() implements Seen {}
    }

    /** A call that waits. */
    final class Waiter {
        private final Consumer<Progress> progress;

        private Waiter(Consumer<Progress> progress) {
            this.progress = progress;
        }

        /** Waits no longer; returns whether nobody is left for whom the write would begin. */
        boolean leave() {
            lock.lock();
            try {
                return waiters.remove(this) && waiters.isEmpty() && !goesOnAlone && !claimed && outcome == null;
            } finally {
                lock.unlock();
            }
        }
    }

    BridgeId bridge() {
        return bridge;
    }

    CommandId command() {
        return command;
    }

    /** @param progress is told how far the write is, until the waiter leaves */
    Waiter enter(Consumer<Progress> progress) {
        Waiter waiter = new Waiter(progress);
        waiters.add(waiter);
        return waiter;
    }

    void progressed(Progress progress) {
        waiters.forEach(waiter -> waiter.progress.accept(progress));
    }

    void asked() {
        change(() -> asked = true);
    }

    void claimed() {
        change(() -> claimed = true);
    }

    void lost() {
        change(() -> lost = true);
    }

    void ended(CommandOutcome with) {
        change(() -> outcome = with);
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the end.
     *
     * @param deadline how long at most
     * @param forThePerson how long at most once the person is asked
     */
    Seen await(Deadline deadline, Duration forThePerson) throws InterruptedException {
        @Nullable Deadline decision = null;
        lock.lockInterruptibly();
        try {
            while (true) {
                if (outcome != null) {
                    return new Seen.Ended(outcome);
                }
                if (lost) {
                    return new Seen.Lost();
                }
                boolean undecided = asked && !claimed;
                if (undecided && decision == null) {
                    decision = deadline.butAtMost(forThePerson);
                }
                Deadline until = undecided && decision != null ? decision : deadline;
                if (until.isOver()) {
                    return whatItDoes();
                }
                changed.awaitNanos(until.remaining().toNanos());
            }
        } finally {
            lock.unlock();
        }
    }

    private Seen whatItDoes() {
        if (claimed) {
            return new Seen.Acts();
        }
        goesOnAlone |= asked;
        return asked ? new Seen.PersonIsAsked() : new Seen.Idle();
    }

    /** Waits for the end that a cancellation brings about; nothing when the write acts, or it does not come in time. */
    Optional<CommandOutcome> awaitCancelled(Deadline deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (outcome == null && !claimed && !lost && !deadline.isOver()) {
                changed.awaitNanos(deadline.remaining().toNanos());
            }
            return Optional.ofNullable(outcome);
        } finally {
            lock.unlock();
        }
    }
}
