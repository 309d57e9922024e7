package io.github.moodlemcp.distribution.store;

import static io.github.moodlemcp.distribution.store.schema.Tables.BROWSER_SESSIONS;
import static io.github.moodlemcp.distribution.store.schema.Tables.GRANTS;
import static io.github.moodlemcp.distribution.store.schema.Tables.USERS;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

import io.github.moodlemcp.distribution.store.schema.tables.BrowserSessions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.types.DayToSecond;

/**
 * The browsers that accounts have paired: each browser that connected under a grant which still stands, as its latest
 * connection in {@code browser_sessions} describes it. Safe for use by many threads.
 */
public final class PairedBrowserStore {
    private static final int MOST_LISTED = 50;

    private final DSLContext database;

    PairedBrowserStore(DSLContext database) {
        this.database = database;
    }

    /** The paired browsers of the account, the one that was heard of last first; no more than 50. */
    public List<LastConnection> list(UUID accountId) {
        return database.selectFrom(BROWSER_SESSIONS)
                .where(BROWSER_SESSIONS.USER_ID.eq(accountId))
                .and(isTheLatestOfAPairedBrowser())
                .orderBy(BROWSER_SESSIONS.LAST_PING_AT.desc(), BROWSER_SESSIONS.ID)
                .limit(MOST_LISTED)
                .fetch(row -> new LastConnection(
                        row.getBrowserId(),
                        row.getName(),
                        row.getExtensionVersion(),
                        row.getLastPingAt(),
                        row.getEnded()));
    }

    /** The browser that the person chose for calls that name none. */
    public Optional<String> defaultOf(UUID accountId) {
        return database.select(USERS.DEFAULT_BROWSER_ID)
                .from(USERS)
                .where(USERS.ID.eq(accountId))
                .and(USERS.DEFAULT_BROWSER_ID.isNotNull())
                .fetchOptional(USERS.DEFAULT_BROWSER_ID);
    }

    /** Makes a paired browser the default; false, and nothing changed, when the account has no such browser. */
    public boolean chooseDefault(UUID accountId, String browserId) {
        return database.update(USERS)
                        .set(USERS.DEFAULT_BROWSER_ID, browserId)
                        .where(USERS.ID.eq(accountId))
                        .andExists(selectOne()
                                .from(BROWSER_SESSIONS)
                                .where(BROWSER_SESSIONS.USER_ID.eq(accountId))
                                .and(BROWSER_SESSIONS.BROWSER_ID.eq(browserId))
                                .and(isTheLatestOfAPairedBrowser()))
                        .execute()
                == 1;
    }

    /** Leaves the account without a default. */
    public void clearDefault(UUID accountId) {
        database.update(USERS)
                .setNull(USERS.DEFAULT_BROWSER_ID)
                .where(USERS.ID.eq(accountId))
                .execute();
    }

    /**
     * Revokes every grant under which the browser ever connected, so that it is paired no more and no default; false, and
     * nothing changed, when the account has no such browser.
     */
    public boolean forget(UUID accountId, String browserId) {
        return database.transactionResult(transaction -> {
            DSLContext dsl = transaction.dsl();
            int revoked = dsl.update(GRANTS)
                    .set(GRANTS.REVOKED_AT, currentInstant())
                    .where(GRANTS.USER_ID.eq(accountId))
                    .and(GRANTS.REVOKED_AT.isNull())
                    .and(GRANTS.ID.in(select(BROWSER_SESSIONS.GRANT_ID)
                            .from(BROWSER_SESSIONS)
                            .where(BROWSER_SESSIONS.USER_ID.eq(accountId))
                            .and(BROWSER_SESSIONS.BROWSER_ID.eq(browserId))))
                    .execute();
            dsl.update(USERS)
                    .setNull(USERS.DEFAULT_BROWSER_ID)
                    .where(USERS.ID.eq(accountId))
                    .and(USERS.DEFAULT_BROWSER_ID.eq(browserId))
                    .execute();
            return revoked > 0;
        });
    }

    /** The grants that were revoked within this time, by whomever and on whichever node. */
    public Set<UUID> revokedWithin(Duration time) {
        return database.select(GRANTS.ID)
                .from(GRANTS)
                .where(GRANTS.REVOKED_AT.gt(currentInstant().sub(DayToSecond.valueOf(time))))
                .fetchSet(GRANTS.ID);
    }

    /** Those of the grants that are not there any more, because their account was erased. */
    public Set<UUID> vanished(Set<UUID> grants) {
        Set<UUID> vanished = new HashSet<>(grants);
        database.select(GRANTS.ID)
                .from(GRANTS)
                .where(GRANTS.ID.eq(any(grants.toArray(UUID[]::new))))
                .fetch(GRANTS.ID)
                .forEach(vanished::remove);
        return vanished;
    }

    /** Whether the row of {@code browser_sessions} is its browser's latest, and was made under a grant that stands. */
    static Condition isTheLatestOfAPairedBrowser() {
        return exists(selectOne()
                        .from(GRANTS)
                        .where(GRANTS.ID.eq(BROWSER_SESSIONS.GRANT_ID))
                        .and(GRANTS.REVOKED_AT.isNull()))
                .and(isTheLatestOfItsBrowser());
    }

    /** Whether the row of {@code browser_sessions} is its browser's latest. */
    static Condition isTheLatestOfItsBrowser() {
        BrowserSessions later = BROWSER_SESSIONS.as("later");
        return notExists(selectOne()
                .from(later)
                .where(later.USER_ID.eq(BROWSER_SESSIONS.USER_ID))
                .and(later.BROWSER_ID.eq(BROWSER_SESSIONS.BROWSER_ID))
                .and(row(later.CONNECTED_AT, later.ID).gt(BROWSER_SESSIONS.CONNECTED_AT, BROWSER_SESSIONS.ID)));
    }
}
