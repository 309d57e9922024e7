package io.github.moodlemcp.server.write;

import io.github.moodlemcp.bridge.BridgeId;
import io.github.moodlemcp.bridge.CommandId;
import io.github.moodlemcp.bridge.CommandOutcome;
import io.github.moodlemcp.bridge.CommandRouter;
import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.bridge.ProgressListener;
import io.github.moodlemcp.bridge.ProgressListener.Progress;
import io.github.moodlemcp.server.feature.McpCall;
import io.github.moodlemcp.server.spi.WriteRecords;
import io.github.moodlemcp.server.spi.WriteRecords.Begun;
import io.github.moodlemcp.server.spi.WriteRecords.WriteRecord;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has browsers write, each write of a name once, and keeps the record of it. A write outlives the call that asked for it once
 * its person is asked or it was claimed; a call that asks for it again joins it. Safe for use by many threads; calls block
 * theirs.
 */
public final class WriteCalls implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WriteCalls.class.getName());

    /** What a router may take to end a command that is cancelled. */
    private static final Duration CANCELLING = Duration.ofSeconds(1);

    private final CommandRouter router;
    private final WriteRecords records;
    private final WriteTimes times;
    private final InstantSource clock;
    private final RecordWatch watch;
    private final Recorder recorder;
    private final ConcurrentMap<CommandId, LiveWrite> underWay = new ConcurrentHashMap<>();

    public WriteCalls(CommandRouter router, WriteRecords records, WriteTimes times, InstantSource clock) {
        this.router = router;
        this.records = records;
        this.times = times;
        this.clock = clock;
        this.watch = new RecordWatch(records, times, clock);
        this.recorder = new Recorder(records);
    }

    /** Whether this node has sent the command and still waits for its end. */
    public boolean isUnderWay(CommandId command) {
        return underWay.containsKey(command);
    }

    /**
     * Waits for the write of the request's name, or tells how it ended.
     *
     * @param progress is told how far it is, while the call waits
     * @return nothing when there is none of that name yet
     */
    public Optional<WriteAnswer> join(WriteRequest request, McpCall call, Consumer<Progress> progress) {
        Optional<WriteRecord> earlier;
        try {
            earlier = records.find(request.name());
        } catch (RuntimeException e) {
            return Optional.of(noRecords(e));
        }
        return earlier.map(record -> join(record, request, call, progress));
    }

    private WriteAnswer join(WriteRecord record, WriteRequest request, McpCall call, Consumer<Progress> progress) {
        if (!record.argumentsHash().equals(request.argumentsHash())) {
            return new WriteAnswer.OtherArguments();
        }
        LiveWrite here = underWay.get(record.command());
        return here == null ? watch.await(record, call) : await(here, record, call, progress);
    }

    /**
     * Sends the write and waits for its end, or joins the one of its name.
     *
     * @param progress is told how far it is, while the call waits
     */
    public WriteAnswer begin(WriteRequest request, BridgeId bridge, McpCall call, Consumer<Progress> progress) {
        CommandId command = request.command().id();
        WriteRecord fresh = request.record(bridge, clock.instant());
        LiveWrite write = new LiveWrite(bridge, command);
        underWay.put(command, write);
        Begun begun;
        try {
            begun = records.begin(fresh);
        } catch (RuntimeException e) {
            underWay.remove(command);
            return noRecords(e);
        }
        if (!begun.isFirst()) {
            underWay.remove(command);
            return join(begun.record(), request, call, progress);
        }
        send(write, request);
        return await(write, fresh, call, progress);
    }

    private static WriteAnswer noRecords(RuntimeException e) {
        LOG.log(Level.WARNING, "event=write_not_recorded, so it was not sent", e);
        return new WriteAnswer.NoRecords();
    }

    private void send(LiveWrite write, WriteRequest request) {
        Recorder.Line line = recorder.line(request.command().id());
        try {
            router.route(write.bridge(), request.command(), Deadline.after(times.whole()), new Listener(write, line))
                    .whenComplete((outcome, defect) -> ended(write, line, outcome, defect));
        } catch (RuntimeException e) {
            ended(write, line, null, e);
        }
    }

    /** Passes on what the connection tells of the write. */
    private record Listener(LiveWrite write, Recorder.Line line) implements ProgressListener {
        @Override
        public void progressed(Progress progress) {
            write.progressed(progress);
        }

        @Override
        public void approvalAsked() {
            write.asked();
            line.waitsForApproval();
        }

        @Override
        public void claimed() {
            write.claimed();
            line.acts();
        }
    }

    private void ended(
            LiveWrite write, Recorder.Line line, @Nullable CommandOutcome outcome, @Nullable Throwable defect) {
        if (outcome instanceof CommandOutcome.Disconnected(var claimed) && claimed) {
            // How it ended, the browser tells when it is back.
            underWay.remove(write.command());
            write.lost();
            return;
        }
        if (outcome == null) {
            LOG.log(Level.ERROR, "event=router_failed", defect);
        }
        CommandOutcome known = outcome == null ? new CommandOutcome.TimedOut(true) : outcome;
        line.ended(Ending.of(known), () -> {
            underWay.remove(write.command());
            write.ended(known);
        });
    }

    private WriteAnswer await(LiveWrite write, WriteRecord record, McpCall call, Consumer<Progress> progress) {
        LiveWrite.Waiter waiter = write.enter(progress);
        call.onCancel(() -> {
            if (waiter.leave()) {
                router.cancel(write.bridge(), write.command());
            }
        });
        try {
            return switch (write.await(call.deadline(), times.approvalWait())) {
                case LiveWrite.Seen.Ended(var outcome) -> new WriteAnswer.Ended(outcome);
                case LiveWrite.Seen.Lost() -> watch.await(record, call);
                case LiveWrite.Seen.PersonIsAsked() -> new WriteAnswer.WaitingForApproval();
                case LiveWrite.Seen.Acts() -> new WriteAnswer.StillRunning();
                case LiveWrite.Seen.Idle() -> cancel(write);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new WriteAnswer.StillRunning();
        } finally {
            waiter.leave();
        }
    }

    /** Ends a write with which its browser has not even begun. */
    private WriteAnswer cancel(LiveWrite write) throws InterruptedException {
        router.cancel(write.bridge(), write.command());
        return write.awaitCancelled(Deadline.after(CANCELLING))
                .<WriteAnswer>map(WriteAnswer.Ended::new)
                .orElseGet(WriteAnswer.StillRunning::new);
    }

    /** Waits, for up to 5 seconds, until what is known of all writes is recorded. */
    @Override
    public void close() {
        recorder.close();
    }
}
