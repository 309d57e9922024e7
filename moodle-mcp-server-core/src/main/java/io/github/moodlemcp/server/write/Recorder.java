package io.github.moodlemcp.server.write;

import io.github.moodlemcp.bridge.CommandId;
import io.github.moodlemcp.server.spi.WriteRecords;
import io.github.moodlemcp.server.spi.WriteRecords.State;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Records what becomes of writes, in order and on virtual threads, so that no connection waits for the records. Safe for use
 * by many threads. What cannot be recorded is left for the browser's journal to tell.
 */
final class Recorder implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Recorder.class.getName());
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final Set<State> BEFORE_THE_END = EnumSet.of(State.RUNNING, State.WAITING_FOR_APPROVAL);

    private final WriteRecords records;
    private final Set<CompletableFuture<Void>> unwritten = ConcurrentHashMap.newKeySet();

    Recorder(WriteRecords records) {
        this.records = records;
    }

    /** What is recorded of one write. */
    Line line(CommandId command) {
        return new Line(command);
    }

    /** What is recorded of one write, one thing after the other. */
    final class Line {
        private final CommandId command;
        private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

        private Line(CommandId command) {
            this.command = command;
        }

        void waitsForApproval() {
            write(() -> records.change(command, Set.of(State.RUNNING), State.WAITING_FOR_APPROVAL));
        }

        void acts() {
            write(() -> records.change(command, Set.of(State.WAITING_FOR_APPROVAL), State.RUNNING));
        }

        /** @param then runs when it is recorded, or cannot be */
        void ended(Ending ending, Runnable then) {
            write(() -> {
                try {
                    record(ending);
                } finally {
                    then.run();
                }
            });
        }

        private void record(Ending ending) {
            switch (ending) {
                case DONE -> records.change(command, State.OPEN, State.DONE);
                case FAILED -> records.change(command, State.OPEN, State.FAILED);
                case REJECTED -> records.change(command, State.OPEN, State.REJECTED);
                case NOT_DELIVERED -> records.free(command, BEFORE_THE_END);
                case OUTCOME_UNKNOWN -> records.change(command, BEFORE_THE_END, State.OUTCOME_UNKNOWN);
            }
        }

        private synchronized void write(Runnable work) {
            CompletableFuture<Void> written =
                    last.thenRunAsync(() -> attempt(work), Thread.ofVirtual().name("write-record")::start);
            last = written;
            unwritten.add(written);
            written.whenComplete((done, defect) -> unwritten.remove(written));
        }

        private void attempt(Runnable work) {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "event=write_not_recorded command=" + command.value(), e);
            }
        }
    }

    /** Waits, for up to 5 seconds, until everything is recorded. */
    @Override
    public void close() {
        try {
            CompletableFuture.allOf(unwritten.toArray(CompletableFuture[]::new))
                    .get(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(Level.WARNING, "event=writes_not_recorded", e);
        }
    }
}
