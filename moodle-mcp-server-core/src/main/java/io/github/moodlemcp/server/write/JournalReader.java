package io.github.moodlemcp.server.write;

import io.github.moodlemcp.bridge.BridgeId;
import io.github.moodlemcp.bridge.CommandId;
import io.github.moodlemcp.protocol.bridge.Hello.JournalEntry;
import io.github.moodlemcp.server.spi.WriteRecords;
import io.github.moodlemcp.server.spi.WriteRecords.State;
import io.github.moodlemcp.server.spi.WriteRecords.WriteRecord;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides, by the journal a browser brings along, what became of the writes it was asked for on connections that were lost.
 * Safe for use by many threads; each journal is read on a virtual thread of its own.
 */
public final class JournalReader implements Journals {
    private static final System.Logger LOG = System.getLogger(JournalReader.class.getName());

    /** How many entries a journal holds: with as many it may have forgotten some. */
    private static final int FULL = 100;

    /** How long another node may take at most from recording a write to handing it to the browser's connection here. */
    private static final Duration HANDOVER = Duration.ofSeconds(3);

    /** How often to look at what must wait. */
    private static final Duration LOOK = Duration.ofMillis(50);

    /** The states of writes that have not been answered for; only these may prove not to have begun. */
    private static final Set<State> UNANSWERED = EnumSet.of(State.RUNNING, State.WAITING_FOR_APPROVAL);

    private final WriteRecords records;
    private final Predicate<CommandId> isUnderWay;
    private final InstantSource clock;

    /** @param isUnderWay whether this node has sent a command and still waits for its end, which then decides */
    public JournalReader(WriteRecords records, Predicate<CommandId> isUnderWay, InstantSource clock) {
        this.records = records;
        this.isUnderWay = isUnderWay;
        this.clock = clock;
    }

    @Override
    public void read(BridgeId bridge, List<JournalEntry> journal, Predicate<String> isOfConnection) {
        Map<String, String> outcomes = new HashMap<>();
        journal.forEach(entry -> outcomes.put(entry.command(), entry.outcome()));
        Thread.ofVirtual().name("bridge-journal").start(() -> {
            try {
                decideAll(new ArrayList<>(records.open(bridge)), outcomes, isOfConnection);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "event=journal_not_read, decided when the browser connects again", e);
            }
        });
    }

    /** Decides each write as soon as it can be; those that have to wait keep none of the others waiting. */
    private void decideAll(List<WriteRecord> open, Map<String, String> outcomes, Predicate<String> isOfConnection)
            throws InterruptedException {
        Instant read = clock.instant();
        long begun = System.nanoTime();
        while (true) {
            Duration waited = Duration.ofNanos(System.nanoTime() - begun);
            Instant now = read.plus(waited);
            open.removeIf(record -> isDecided(record, outcomes, isOfConnection, now));
            if (open.isEmpty() || waited.compareTo(HANDOVER) > 0) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
        }
    }

    /** Decides a write; returns false when that must wait. */
    private boolean isDecided(
            WriteRecord record, Map<String, String> outcomes, Predicate<String> isOfConnection, Instant now) {
        CommandId command = record.command();
        boolean isOfThis = isOfConnection.test(command.value());
        if (isUnderWay.test(command)) {
            // On an earlier connection, which this one has just superseded, it ends at once.
            return isOfThis;
        }
        @Nullable String outcome = outcomes.get(command.value());
        if (outcome != null) {
            switch (outcome) {
                case "done" -> records.change(command, State.OPEN, State.DONE);
                case "refused" -> records.change(command, State.OPEN, State.FAILED);
                default -> records.change(command, UNANSWERED, State.OUTCOME_UNKNOWN);
            }
            return true;
        }
        if (isOfThis) {
            return true;
        }
        if (Duration.between(record.begun(), now).compareTo(HANDOVER) < 0) {
            return false;
        }
        if (outcomes.size() < FULL) {
            records.free(command, UNANSWERED);
        } else {
            records.change(command, UNANSWERED, State.OUTCOME_UNKNOWN);
        }
        return true;
    }
}
