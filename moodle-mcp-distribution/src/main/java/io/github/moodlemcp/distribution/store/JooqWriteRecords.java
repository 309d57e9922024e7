package io.github.moodlemcp.distribution.store;

import static io.github.moodlemcp.distribution.store.schema.Tables.WRITE_RECORDS;

import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.bridge.BridgeId;
import io.github.moodlemcp.bridge.CommandId;
import io.github.moodlemcp.distribution.store.schema.tables.records.WriteRecordsRecord;
import io.github.moodlemcp.server.spi.WriteRecords;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;

/** What became of writes, in {@code write_records}. Safe for use by many threads and many nodes. */
final class JooqWriteRecords implements WriteRecords {
    private final DSLContext database;
    private final InstantSource clock;

    JooqWriteRecords(DSLContext database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Begun begin(WriteRecord fresh) {
        while (true) {
            if (insert(fresh)) {
                return new Begun(true, fresh);
            }
            // The one that was in the way may have been freed since; then the name is to be had again.
            Optional<WriteRecord> earlier = find(fresh.name());
            if (earlier.isPresent()) {
                return new Begun(false, earlier.get());
            }
        }
    }

    /** Puts the record where there is none of its name, or one that is past. */
    private boolean insert(WriteRecord fresh) {
        return database.insertInto(WRITE_RECORDS)
                        .set(row(fresh))
                        .onConflict(WRITE_RECORDS.USER_ID, WRITE_RECORDS.TOOL, WRITE_RECORDS.KEY_HASH)
                        .doUpdate()
                        .set(row(fresh))
                        .where(WRITE_RECORDS.BEGUN_AT.le(oldest()))
                        .execute()
                == 1;
    }

    private static WriteRecordsRecord row(WriteRecord record) {
        WriteRecordsRecord row = new WriteRecordsRecord();
        row.setCommandId(record.command().value());
        row.setUserId(account(record.name().account()));
        row.setTool(record.name().tool());
        row.setKeyHash(record.name().keyHash());
        row.setArgumentsHash(record.argumentsHash());
        row.setBrowserId(record.browser());
        row.setState(record.state().text());
        row.setBegunAt(Rows.time(record.begun()));
        return row;
    }

    @Override
    public Optional<WriteRecord> find(Name name) {
        return database.selectFrom(WRITE_RECORDS)
                .where(WRITE_RECORDS.USER_ID.eq(account(name.account())))
                .and(WRITE_RECORDS.TOOL.eq(name.tool()))
                .and(WRITE_RECORDS.KEY_HASH.eq(name.keyHash()))
                .and(WRITE_RECORDS.BEGUN_AT.gt(oldest()))
                .fetchOptional(JooqWriteRecords::record);
    }

    @Override
    public boolean change(CommandId command, Set<State> expected, State changed) {
        return database.update(WRITE_RECORDS)
                        .set(WRITE_RECORDS.STATE, changed.text())
                        .where(isIn(command, expected))
                        .execute()
                == 1;
    }

    @Override
    public boolean free(CommandId command, Set<State> expected) {
        return database.deleteFrom(WRITE_RECORDS).where(isIn(command, expected)).execute() == 1;
    }

    @Override
    public List<WriteRecord> open(BridgeId bridge) {
        return database.selectFrom(WRITE_RECORDS)
                .where(WRITE_RECORDS.USER_ID.eq(account(bridge.account())))
                .and(WRITE_RECORDS.BROWSER_ID.eq(bridge.browser()))
                .and(WRITE_RECORDS.STATE.in(texts(State.OPEN)))
                .and(WRITE_RECORDS.BEGUN_AT.gt(oldest()))
                .orderBy(WRITE_RECORDS.BEGUN_AT)
                .fetch(JooqWriteRecords::record);
    }

    private Condition isIn(CommandId command, Set<State> expected) {
        return WRITE_RECORDS
                .COMMAND_ID
                .eq(command.value())
                .and(WRITE_RECORDS.STATE.in(texts(expected)))
                .and(WRITE_RECORDS.BEGUN_AT.gt(oldest()));
    }

    /** What was begun by then is past. */
    private Instant oldest() {
        return Rows.time(clock.instant().minus(KEPT));
    }

    private static List<String> texts(Set<State> states) {
        return states.stream().map(State::text).toList();
    }

    private static UUID account(AccountId account) {
        return UUID.fromString(account.value());
    }

    private static WriteRecord record(WriteRecordsRecord row) {
        return new WriteRecord(
                new Name(new AccountId(row.getUserId().toString()), row.getTool(), row.getKeyHash()),
                row.getArgumentsHash(),
                row.getBrowserId(),
                new CommandId(row.getCommandId()),
                State.of(row.getState()).orElseThrow(),
                row.getBegunAt());
    }
}
