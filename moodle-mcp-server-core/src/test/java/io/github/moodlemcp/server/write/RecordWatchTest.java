package io.github.moodlemcp.server.write;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.bridge.CommandId;
import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.bridge.ProgressListener.Progress;
import io.github.moodlemcp.protocol.mcp.ProtocolVersion;
import io.github.moodlemcp.server.Caller;
import io.github.moodlemcp.server.feature.Client;
import io.github.moodlemcp.server.feature.InputResponses;
import io.github.moodlemcp.server.feature.LogLevel;
import io.github.moodlemcp.server.feature.McpCall;
import io.github.moodlemcp.server.spi.WriteRecords;
import io.github.moodlemcp.server.spi.WriteRecords.Name;
import io.github.moodlemcp.server.spi.WriteRecords.State;
import io.github.moodlemcp.server.spi.WriteRecords.WriteRecord;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a write is told that this node does not see: by its record, and by how old that is. */
class RecordWatchTest {
    private static final AccountId ANNA = new AccountId("anna");
    private static final String HASH = "0".repeat(64);
    private static final Instant BEGUN = Instant.parse("2026-11-22T09:30:00Z");
    private static final WriteTimes TIMES = new WriteTimes(Duration.ofMillis(50), Duration.ofMinutes(10));

    private Instant now = BEGUN;
    private final WriteRecords records = WriteRecords.inMemory(() -> now);
    private final RecordWatch watch = new RecordWatch(records, TIMES, () -> now);
    private final WriteRecord record = new WriteRecord(
            new Name(ANNA, "write_note", HASH),
            HASH,
            "laptop",
            CommandId.random(new SecureRandom()),
            State.RUNNING,
            BEGUN);

    @ParameterizedTest
    @EnumSource(names = {"RUNNING", "WAITING_FOR_APPROVAL"})
    void aWriteThatIsOverdueIsNotWaitedForAndNobodyKnowsItsEnd(State state) {
        keep(state);
        now = BEGUN.plus(TIMES.whole());

        assertThat(watch.await(record, new Call(Duration.ofMinutes(1))))
                .isEqualTo(new WriteAnswer.Recorded(State.OUTCOME_UNKNOWN));
    }

    @Test
    void aWriteThatMayStillActIsWaitedForAsLongAsTheCallLasts() {
        keep(State.RUNNING);
        now = BEGUN.plus(TIMES.whole()).minusMillis(1);

        assertThat(watch.await(record, new Call(Duration.ofMillis(100)))).isEqualTo(new WriteAnswer.StillRunning());
    }

    @Test
    void whoIsAskedIsWaitedForOnlyAWhile() {
        keep(State.WAITING_FOR_APPROVAL);
        Call call = new Call(Duration.ofMinutes(1));

        assertThat(watch.await(record, call)).isEqualTo(new WriteAnswer.WaitingForApproval());
        assertThat(call.deadline().remaining()).isGreaterThan(Duration.ofSeconds(20));
    }

    @Test
    void aRecordThatIsGoneWasNotCarriedOut() {
        assertThat(watch.await(record, new Call(Duration.ofMinutes(1)))).isEqualTo(new WriteAnswer.NotCarriedOut());
    }

    @Test
    void aRecordOfAnotherCommandIsNotThisOnes() {
        keep(State.DONE);
        WriteRecord other = new WriteRecord(
                record.name(), HASH, "phone", CommandId.random(new SecureRandom()), State.RUNNING, BEGUN);

        assertThat(watch.await(other, new Call(Duration.ofMinutes(1)))).isEqualTo(new WriteAnswer.NotCarriedOut());
    }

    private void keep(State state) {
        records.begin(record);
        records.change(record.command(), Set.of(State.RUNNING), state);
    }

    /** A call that nobody cancels. */
    private static final class Call implements McpCall {
        private final Deadline deadline;

        Call(Duration lasting) {
            this.deadline = Deadline.after(lasting);
        }

        @Override
        public Caller caller() {
            return new Caller(ANNA, "key", Set.of("moodle:write"));
        }

        @Override
        public Client client() {
            return Client.unknown();
        }

        @Override
        public ProtocolVersion version() {
            return ProtocolVersion.V2026_07_28;
        }

        @Override
        public InputResponses input() {
            return InputResponses.none();
        }

        @Override
        public Deadline deadline() {
            return deadline;
        }

        @Override
        public void progress(Progress told) {}

        @Override
        public void log(LogLevel level, JsonNode data) {}

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void onCancel(Runnable action) {}
    }
}
