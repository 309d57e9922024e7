package io.github.moodlemcp.server.spi;

import static java.util.Objects.requireNonNull;

import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.bridge.BridgeId;
import io.github.moodlemcp.bridge.CommandId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keeps what became of the writes that were asked for, without any of their content, so that a repeated call is not carried
 * out again, whichever node and browser it reaches. Safe for use by many threads and, where it is shared, by many nodes. A
 * method that cannot do its work throws.
 *
 * <ul>
 *   <li>WRITE-1: of all that begin a write of the same name, on any node and at the same time, exactly one is the first; the
 *       others are given its record.
 *   <li>WRITE-2: the same key for another account or tool names another write.
 *   <li>WRITE-3: {@link #change} changes a record only from one of the expected states, and only if it still belongs to the
 *       command.
 *   <li>WRITE-4: {@link #free} forgets a record under the same conditions; the name may then be begun anew.
 *   <li>WRITE-5: {@link #open} gives exactly the records of that browser whose end is not known.
 *   <li>WRITE-6: a record is found for {@link #KEPT} after it was begun, whatever became of it, and not after: then its name
 *       may be begun anew.
 * </ul>
 */
public interface WriteRecords {

    /** How long a record is kept after it was begun. */
    Duration KEPT = Duration.ofHours(24);

    /** Keeps a new record, unless there is one of its name. */
    Begun begin(WriteRecord fresh);

    /** The record of this name. */
    Optional<WriteRecord> find(Name name);

    /** Changes the state of a command's record; returns whether it was there in one of the expected states. */
    boolean change(CommandId command, Set<State> expected, State changed);

    /** Forgets a command's record; returns whether it was there in one of the expected states. */
    boolean free(CommandId command, Set<State> expected);

    /** The records of the commands of a browser whose end is not known: {@link State#OPEN}. */
    List<WriteRecord> open(BridgeId bridge);

    /** Keeps records in this process, the last 100 000: they end with it, and no other node finds them. */
    static WriteRecords inMemory(InstantSource clock) {
        return new InMemoryWriteRecords(clock);
    }

    /** How far a write is, or how it ended. */
    enum State {
        /** It was sent; it may act already. */
        RUNNING("running"),
        /** The person is asked, and has not decided yet. */
        WAITING_FOR_APPROVAL("waiting_for_approval"),
        /** It was carried out. */
        DONE("done"),
        /** It was tried, and nothing was written. */
        FAILED("failed"),
        /** The person or a policy refused it. */
        REJECTED("rejected"),
        /** It began to act, and how it ended is not known. */
        OUTCOME_UNKNOWN("outcome_unknown");

        /** The states that may still change. */
        public static final Set<State> OPEN = Set.of(RUNNING, WAITING_FOR_APPROVAL, OUTCOME_UNKNOWN);

        private final String text;

        State(String text) {
            this.text = text;
        }

        /** The word for it, where it is stored or shown. */
        public String text() {
            return text;
        }

        /** The state this word names. */
        public static Optional<State> of(String text) {
            for (State state : values()) {
                if (state.text.equals(text)) {
                    return Optional.of(state);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * What two calls have in common that ask for the same write.
     *
     * @param keyHash the SHA-256 of the key the caller gave it, as 64 lower-case hexadecimal digits
     */
    record Name(AccountId account, String tool, String keyHash) {
        private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

        public Name {
            requireNonNull(account, "account");
            requireNonNull(tool, "tool");
            requireHash(keyHash);
        }

        private static void requireHash(String hash) {
            if (!SHA_256.matcher(hash).matches()) {
                throw new IllegalArgumentException("A SHA-256 has 64 lower-case hexadecimal digits");
            }
        }
    }

    /**
     * What is kept of a write.
     *
     * @param argumentsHash the SHA-256 of what is to be written, as 64 lower-case hexadecimal digits
     * @param browser the id of the browser it was sent to
     * @param command the command by which it was sent; each is used once
     * @param begun when it was begun, to the microsecond
     */
    record WriteRecord(Name name, String argumentsHash, String browser, CommandId command, State state, Instant begun) {
        public WriteRecord {
            requireNonNull(name, "name");
            Name.requireHash(argumentsHash);
            requireNonNull(browser, "browser");
            requireNonNull(command, "command");
            requireNonNull(state, "state");
            requireNonNull(begun, "begun");
        }

        /** The same in another state. */
        public WriteRecord with(State changed) {
            return new WriteRecord(name, argumentsHash, browser, command, changed, begun);
        }

        /** The browser it was sent to. */
        public BridgeId bridge() {
            return new BridgeId(name.account(), browser);
        }
    }

    /**
     * What came of beginning a write.
     *
     * @param isFirst whether the record is the new one
     * @param record the record that is kept
     */
    record Begun(boolean isFirst, WriteRecord record) {
        public Begun {
            requireNonNull(record, "record");
        }
    }
}
