package io.github.moodlemcp.server.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.bridge.BridgeId;
import io.github.moodlemcp.bridge.CommandId;
import io.github.moodlemcp.protocol.bridge.Hello.JournalEntry;
import io.github.moodlemcp.server.spi.WriteRecords;
import io.github.moodlemcp.server.spi.WriteRecords.Name;
import io.github.moodlemcp.server.spi.WriteRecords.State;
import io.github.moodlemcp.server.spi.WriteRecords.WriteRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What a journal decides, of writes whose node may be gone. */
class JournalReaderTest {
    private static final BridgeId LAPTOP = new BridgeId(new AccountId("anna"), "laptop");
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant LONG_AGO = NOW.minus(1, ChronoUnit.MINUTES);

    private final WriteRecords records = WriteRecords.inMemory(() -> NOW);
    private final WriteRecord write = begun(1, LONG_AGO);
    private final WriteRecord witness = begun(2, LONG_AGO);

    @Test
    void aWriteOfANodeThatIsGoneIsFreedWhenTheBrowserDoesNotKnowIt() {
        read(Set.of(), Set.of());

        assertThat(records.find(write.name())).isEmpty();
    }

    @Test
    void whatThisNodeStillWaitsForIsNotDecided() {
        read(Set.of(write.command()), Set.of());

        assertThat(records.find(write.name())).contains(write);
    }

    @Test
    void whatAnEarlierConnectionIsAboutToEndIsDecidedThen() {
        AtomicInteger asked = new AtomicInteger();
        Predicate<CommandId> untilTheThirdLook =
                command -> command.equals(write.command()) && asked.incrementAndGet() < 3;

        new JournalReader(records, untilTheThirdLook, () -> NOW)
                .read(LAPTOP, List.of(new JournalEntry(write.command().value(), "done")), command -> false);

        until(() -> records.find(write.name()).orElseThrow().state() == State.DONE);
    }

    @Test
    void whatIsListedDoesNotWaitForWhatIsNot() {
        WriteRecords records = WriteRecords.inMemory(() -> NOW);
        WriteRecord unlisted = begun(records, 3, NOW);
        WriteRecord listed = begun(records, 4, NOW);

        new JournalReader(records, command -> false, () -> NOW)
                .read(LAPTOP, List.of(new JournalEntry(listed.command().value(), "done")), command -> false);

        until(() -> records.find(listed.name()).orElseThrow().state() == State.DONE);
        assertThat(records.find(unlisted.name())).contains(unlisted);
        until(() -> records.find(unlisted.name()).isEmpty());
    }

    @Test
    void whatAnotherNodeSentOnTheNewConnectionIsNotDecided() {
        read(Set.of(), Set.of(write.command().value()));

        assertThat(records.find(write.name())).contains(write);
    }

    @Test
    void whatTheExtensionAnsweredForDoesNotProveUnbegunLater() {
        records.change(write.command(), State.OPEN, State.OUTCOME_UNKNOWN);

        read(Set.of(), Set.of());

        assertThat(records.find(write.name())).contains(write.with(State.OUTCOME_UNKNOWN));
    }

    @Test
    void whatIsKnownIsNotChanged() {
        records.change(write.command(), State.OPEN, State.REJECTED);

        read(Set.of(), Set.of(), new JournalEntry(write.command().value(), "done"));

        assertThat(records.find(write.name())).contains(write.with(State.REJECTED));
    }

    @Test
    void anUnknownEndBecomesKnown() {
        records.change(write.command(), State.OPEN, State.OUTCOME_UNKNOWN);

        read(Set.of(), Set.of(), new JournalEntry(write.command().value(), "refused"));

        assertThat(records.find(write.name())).contains(write.with(State.FAILED));
    }

    /** Reads a journal in which the witness is done, and waits until that is read, which comes last. */
    private void read(Set<CommandId> underWay, Set<String> ofConnection, JournalEntry... entries) {
        List<JournalEntry> journal = new ArrayList<>(List.of(entries));
        journal.add(new JournalEntry(witness.command().value(), "done"));
        new JournalReader(records, underWay::contains, () -> NOW).read(LAPTOP, journal, ofConnection::contains);
        until(() -> records.find(witness.name()).orElseThrow().state() == State.DONE);
    }

    private static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private WriteRecord begun(int number, Instant when) {
        return begun(records, number, when);
    }

    private static WriteRecord begun(WriteRecords records, int number, Instant when) {
        WriteRecord record = new WriteRecord(
                new Name(LAPTOP.account(), "write_note", "%064x".formatted(number)),
                "0".repeat(64),
                LAPTOP.browser(),
                new CommandId("%032x".formatted(number)),
                State.RUNNING,
                when);
        return records.begin(record).record();
    }
}
