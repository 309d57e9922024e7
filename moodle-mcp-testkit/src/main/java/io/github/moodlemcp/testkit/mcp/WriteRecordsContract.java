package io.github.moodlemcp.testkit.mcp;

import static io.github.moodlemcp.server.spi.WriteRecords.State.DONE;
import static io.github.moodlemcp.server.spi.WriteRecords.State.FAILED;
import static io.github.moodlemcp.server.spi.WriteRecords.State.OUTCOME_UNKNOWN;
import static io.github.moodlemcp.server.spi.WriteRecords.State.RUNNING;
import static io.github.moodlemcp.server.spi.WriteRecords.State.WAITING_FOR_APPROVAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.bridge.BridgeId;
import io.github.moodlemcp.bridge.CommandId;
import io.github.moodlemcp.server.spi.WriteRecords;
import io.github.moodlemcp.server.spi.WriteRecords.Begun;
import io.github.moodlemcp.server.spi.WriteRecords.Name;
import io.github.moodlemcp.server.spi.WriteRecords.State;
import io.github.moodlemcp.server.spi.WriteRecords.WriteRecord;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The rules of {@link WriteRecords}: extend it for your store. Each test is named for its rule. */
public abstract class WriteRecordsContract {
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final String LAPTOP = "laptop";
    private static final int AT_ONCE = 16;
    private static final int ROUNDS = 10;
    private static final int HASH_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private volatile Instant now = START;
    private WriteRecords store;
    private AccountId anna;

    /** For the subclass alone. */
    protected WriteRecordsContract() {}

    /** A store that holds no record of these tests and goes by this clock. */
    protected abstract WriteRecords newStore(InstantSource clock);

    /** The store as another node has it; the same one where it is not shared. */
    protected WriteRecords onAnotherNode(WriteRecords of) {
        return of;
    }

    /** An account that may have records. */
    protected AccountId newAccount() {
        return new AccountId(hash());
    }

    @BeforeEach
    void makeStore() {
        store = newStore(() -> now);
        anna = newAccount();
    }

    @Test
    @DisplayName("WRITE-1: of all that begin a write at once exactly one is the first, and the others get its record")
    void write1() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Name name = name("write_note");
            List<Begun> begun = beginAtOnce(name);

            assertThat(begun).filteredOn(Begun::isFirst).hasSize(1);
            assertThat(begun.stream().map(Begun::record).distinct()).hasSize(1);
            assertThat(onAnotherNode(store).find(name))
                    .contains(begun.getFirst().record());
        }
    }

    private List<Begun> beginAtOnce(Name name) throws Exception {
        CountDownLatch ready = new CountDownLatch(AT_ONCE);
        List<Begun> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Begun>> futures = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                WriteRecords node = i % 2 == 0 ? store : onAnotherNode(store);
                futures.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return node.begin(record(name, LAPTOP));
                }));
            }
            for (Future<Begun> future : futures) {
                results.add(future.get());
            }
        }
        return results;
    }

    @Test
    @DisplayName("WRITE-2: the same key for another account or tool names another write")
    void write2() {
        Name name = name("write_note");
        WriteRecord record = begun(record(name, LAPTOP));
        Name ofAnotherTool = new Name(anna, "delete_note", name.keyHash());
        Name ofAnother = new Name(newAccount(), "write_note", name.keyHash());

        assertThat(store.find(ofAnotherTool)).isEmpty();
        assertThat(store.find(ofAnother)).isEmpty();
        assertThat(store.begin(record(ofAnotherTool, LAPTOP)).isFirst()).isTrue();
        assertThat(store.begin(record(ofAnother, LAPTOP)).isFirst()).isTrue();
        assertThat(store.begin(record(name, "phone"))).isEqualTo(new Begun(false, record));
    }

    @Test
    @DisplayName("WRITE-3: a record is changed only from an expected state, and only while it belongs to the command")
    void write3() {
        WriteRecord record = begun(record(name("write_note"), LAPTOP));
        CommandId command = record.command();

        assertThat(store.change(CommandId.random(random), Set.of(RUNNING), DONE))
                .isFalse();
        assertThat(onAnotherNode(store).change(command, Set.of(RUNNING), WAITING_FOR_APPROVAL))
                .isTrue();
        assertThat(store.change(command, Set.of(RUNNING), DONE)).isFalse();
        assertThat(store.find(record.name())).contains(record.with(WAITING_FOR_APPROVAL));
        assertThat(store.change(command, State.OPEN, DONE)).isTrue();
        assertThat(onAnotherNode(store).change(command, State.OPEN, FAILED)).isFalse();
        assertThat(onAnotherNode(store).find(record.name())).contains(record.with(DONE));
    }

    @Test
    @DisplayName("WRITE-4: a record is freed under the same conditions, and its name may then be begun anew")
    void write4() {
        WriteRecord record = begun(record(name("write_note"), LAPTOP));

        assertThat(store.free(CommandId.random(random), State.OPEN)).isFalse();
        assertThat(store.free(record.command(), Set.of(WAITING_FOR_APPROVAL))).isFalse();
        assertThat(store.find(record.name())).contains(record);
        assertThat(onAnotherNode(store).free(record.command(), Set.of(RUNNING))).isTrue();
        assertThat(store.find(record.name())).isEmpty();
        assertThat(store.open(record.bridge())).isEmpty();

        WriteRecord anew = begun(record(record.name(), LAPTOP));
        assertThat(store.free(record.command(), State.OPEN)).isFalse();
        assertThat(store.change(record.command(), State.OPEN, DONE)).isFalse();
        assertThat(store.find(record.name())).contains(anew);
    }

    @Test
    @DisplayName("WRITE-5: open gives exactly the records of the browser whose end is not known")
    void write5() {
        WriteRecord running = begun(record(name("write_note"), LAPTOP));
        WriteRecord waiting = begun(record(name("write_note"), LAPTOP));
        WriteRecord unknown = begun(record(name("write_note"), LAPTOP));
        WriteRecord done = begun(record(name("write_note"), LAPTOP));
        begun(record(name("write_note"), "phone"));
        begun(record(new Name(newAccount(), "write_note", hash()), LAPTOP));
        store.change(waiting.command(), State.OPEN, WAITING_FOR_APPROVAL);
        store.change(unknown.command(), State.OPEN, OUTCOME_UNKNOWN);
        store.change(done.command(), State.OPEN, DONE);

        assertThat(onAnotherNode(store).open(new BridgeId(anna, LAPTOP)))
                .containsExactlyInAnyOrder(running, waiting.with(WAITING_FOR_APPROVAL), unknown.with(OUTCOME_UNKNOWN));
        assertThat(store.open(new BridgeId(anna, "tablet"))).isEmpty();
    }

    @Test
    @DisplayName("WRITE-6: a record is found for 24 hours, whatever became of it, and its name may be begun anew after")
    void write6() {
        WriteRecord running = begun(record(name("write_note"), LAPTOP));
        WriteRecord done = begun(record(name("write_note"), LAPTOP));
        store.change(done.command(), State.OPEN, DONE);

        now = START.plus(WriteRecords.KEPT).minus(Duration.ofSeconds(1));
        assertThat(store.find(running.name())).contains(running);
        assertThat(store.find(done.name())).contains(done.with(DONE));
        assertThat(store.begin(record(done.name(), LAPTOP)).isFirst()).isFalse();

        now = START.plus(WriteRecords.KEPT);
        assertThat(store.find(done.name())).isEmpty();
        assertThat(store.open(running.bridge())).isEmpty();
        assertThat(onAnotherNode(store).begin(record(done.name(), LAPTOP)).isFirst())
                .isTrue();
        assertThat(store.change(done.command(), State.OPEN, DONE)).isFalse();
        assertThat(store.find(done.name())).map(WriteRecord::state).contains(RUNNING);
    }

    private WriteRecord begun(WriteRecord record) {
        assertThat(store.begin(record)).isEqualTo(new Begun(true, record));
        return record;
    }

    private Name name(String tool) {
        return new Name(anna, tool, hash());
    }

    private WriteRecord record(Name name, String browser) {
        return new WriteRecord(name, hash(), browser, CommandId.random(random), RUNNING, now);
    }

    private String hash() {
        byte[] bytes = new byte[HASH_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
