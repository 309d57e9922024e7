package io.github.moodlemcp.server.write;

import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.server.feature.McpCall;
import io.github.moodlemcp.server.spi.WriteRecords;
import io.github.moodlemcp.server.spi.WriteRecords.State;
import io.github.moodlemcp.server.spi.WriteRecords.WriteRecord;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the end of a write that this node has not sent, or whose connection is lost, by looking at its record once a
 * second. Safe for use by many threads.
 */
final class RecordWatch {
    private static final System.Logger LOG = System.getLogger(RecordWatch.class.getName());
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final WriteRecords records;
    private final WriteTimes times;
    private final InstantSource clock;

    RecordWatch(WriteRecords records, WriteTimes times, InstantSource clock) {
        this.records = records;
        this.times = times;
        this.clock = clock;
    }

    /** Waits, at most until the call's deadline, and not beyond its cancellation. */
    WriteAnswer await(WriteRecord watched, McpCall call) {
        @Nullable Deadline decision = null;
        WriteRecord seen = watched;
        try {
            while (true) {
                Optional<WriteRecord> current = look(seen);
                if (current.isEmpty()) {
                    return new WriteAnswer.NotCarriedOut();
                }
                seen = current.get();
                if (!isUnderWay(seen)) {
                    return new WriteAnswer.Recorded(endOf(seen));
                }
                boolean waits = seen.state() == State.WAITING_FOR_APPROVAL;
                if (waits && decision == null) {
                    decision = call.deadline().butAtMost(times.approvalWait());
                }
                Deadline until = waits && decision != null ? decision : call.deadline();
                if (until.isOver() || call.isCancelled()) {
                    return waits ? new WriteAnswer.WaitingForApproval() : new WriteAnswer.StillRunning();
                }
                TimeUnit.MILLISECONDS.sleep(
                        until.butAtMost(INTERVAL).remaining().plusMillis(1).toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new WriteAnswer.StillRunning();
        }
    }

    private Optional<WriteRecord> look(WriteRecord seen) {
        try {
            return records.find(seen.name()).filter(current -> current.command().equals(seen.command()));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "event=write_record_not_read", e);
            return Optional.of(seen);
        }
    }

    /** Whether the write may still be at work, at some node. */
    private boolean isUnderWay(WriteRecord record) {
        return switch (record.state()) {
            case RUNNING, WAITING_FOR_APPROVAL ->
                record.begun().plus(times.whole()).isAfter(clock.instant());
            case DONE, FAILED, REJECTED, OUTCOME_UNKNOWN -> false;
        };
    }

    /** How a write ended that is not at work any more; what was lost with its node may have been done. */
    private static State endOf(WriteRecord record) {
        return switch (record.state()) {
            case RUNNING, WAITING_FOR_APPROVAL -> State.OUTCOME_UNKNOWN;
            case DONE, FAILED, REJECTED, OUTCOME_UNKNOWN -> record.state();
        };
    }
}
