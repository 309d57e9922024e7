package io.github.moodlemcp.server.write;

import io.github.moodlemcp.bridge.BridgeId;
import io.github.moodlemcp.bridge.CommandId;
import io.github.moodlemcp.protocol.bridge.Hello.JournalEntry;
import io.github.moodlemcp.server.spi.WriteRecords;
import io.github.moodlemcp.server.spi.WriteRecords.State;
import io.github.moodlemcp.server.spi.WriteRecords.WriteRecord;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
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
        Thread.ofVirtual().name("bridge-journal").start(() -> {
            try {
                Map<String, String> outcomes = new HashMap<>();
                journal.forEach(entry -> outcomes.put(entry.command(), entry.outcome()));
                for (WriteRecord record : records.open(bridge)) {
                    decide(record, outcomes, isOfConnection);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "event=journal_not_read, decided when the browser connects again", e);
            }
        });
    }

    private void decide(WriteRecord record, Map<String, String> outcomes, Predicate<String> isOfConnection)
            throws InterruptedException {
        CommandId command = record.command();
        if (isUnderWay.test(command)) {
            return;
        }
        @Nullable String outcome = outcomes.get(command.value());
        if (outcome != null) {
            switch (outcome) {
                case "done" -> records.change(command, State.OPEN, State.DONE);
                case "refused" -> records.change(command, State.OPEN, State.FAILED);
                default -> records.change(command, UNANSWERED, State.OUTCOME_UNKNOWN);
            }
            return;
        }
        long age = Duration.between(record.begun(), clock.instant()).toMillis();
        TimeUnit.MILLISECONDS.sleep(Math.clamp(HANDOVER.toMillis() - age, 0, HANDOVER.toMillis()));
        if (isUnderWay.test(command) || isOfConnection.test(command.value())) {
            return;
        }
        if (outcomes.size() < FULL) {
            records.free(command, UNANSWERED);
        } else {
            records.change(command, UNANSWERED, State.OUTCOME_UNKNOWN);
        }
    }
}
