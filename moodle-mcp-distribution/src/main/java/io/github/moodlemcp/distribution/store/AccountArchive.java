package io.github.moodlemcp.distribution.store;

import static io.github.moodlemcp.distribution.store.schema.Tables.USERS;
import static org.jooq.impl.DSL.select;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.distribution.store.schema.DefaultSchema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.ForeignKey;
import org.jooq.Record;
import org.jooq.Table;

/**
 * All rows of an account, in whichever table: found by the references that lead to {@code users}, so that a new table is
 * part of it by itself. Safe for use by many threads.
 */
public final class AccountArchive {
    /** Hashes that are kept as text, and what only proves that a code is redeemed by who asked for it. */
    private static final Set<String> SECRET = Set.of("key_hash", "arguments_hash", "code_challenge");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DSLContext database;

    AccountArchive(DSLContext database) {
        this.database = database;
    }

    /** Each table with the rows that belong to the account, without hashes of secrets. */
    public ObjectNode export(UUID account) {
        ObjectNode tables = JsonNodeFactory.instance.objectNode();
        for (Table<?> table : DefaultSchema.DEFAULT_SCHEMA.getTables()) {
            belongsTo(table, account).ifPresent(condition -> {
                ArrayNode rows = tables.putArray(table.getName());
                database.select(told(table)).from(table).where(condition).forEach(row -> rows.add(json(row)));
            });
        }
        return tables;
    }

    /** Deletes the account; what refers to it goes with it. */
    public void erase(UUID account) {
        database.deleteFrom(USERS).where(USERS.ID.eq(account)).execute();
    }

    /** The columns that an owner is told: all but hashes, which are bytes, and a few that are text. */
    static List<? extends Field<?>> told(Table<?> table) {
        return table.fieldStream()
                .filter(column -> column.getType() != byte[].class && !SECRET.contains(column.getName()))
                .toList();
    }

    /** Which rows of the table are the account's; empty when none ever are. */
    static Optional<Condition> belongsTo(Table<?> table, UUID account) {
        if (table.equals(USERS)) {
            return Optional.of(USERS.ID.eq(account));
        }
        List<ForeignKey<?, ?>> references = List.copyOf(table.getReferences());
        return references.stream()
                .filter(reference -> reference.getKey().getTable().equals(USERS))
                .findFirst()
                .or(() -> references.stream().findFirst())
                .flatMap(reference -> through(reference, account));
    }

    private static Optional<Condition> through(ForeignKey<?, ?> reference, UUID account) {
        Table<?> owner = reference.getKey().getTable();
        Field<UUID> column = reference.getFields().getFirst().coerce(UUID.class);
        Field<UUID> key = reference.getKeyFields().getFirst().coerce(UUID.class);
        return belongsTo(owner, account)
                .map(condition -> column.in(select(key).from(owner).where(condition)));
    }

    private static ObjectNode json(Record row) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (Field<?> column : row.fields()) {
            switch (row.get(column)) {
                case null -> json.putNull(column.getName());
                case Boolean truth -> json.put(column.getName(), truth);
                case Number number -> json.set(column.getName(), JSON.valueToTree(number));
                case Object[] values -> json.set(column.getName(), JSON.valueToTree(values));
                case Object value -> json.put(column.getName(), value.toString());
            }
        }
        return json;
    }
}
