package io.github.moodlemcp.distribution.store;

import static io.github.moodlemcp.distribution.store.schema.Tables.BROWSER_SESSIONS;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.val;

import io.github.moodlemcp.distribution.store.schema.tables.records.BrowserSessionsRecord;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.InsertSetMoreStep;
import org.jspecify.annotations.Nullable;

/**
 * The record of the browsers' connections, in {@code browser_sessions}. Who is connected now is known to the router,
 * not here. Safe for use by many threads.
 */
public final class BrowserSessionStore {
    private final DSLContext database;
    private final LatestTimes pings = new LatestTimes(this::writePings);

    BrowserSessionStore(DSLContext database) {
        this.database = database;
    }

    /** Records a connection that has just begun. */
    public void connected(BrowserSession session) {
        insert(session).execute();
    }

    /**
     * Records a connection that was refused for this reason. A browser that is refused again and again has one record of
     * it, with the latest time.
     */
    public void refused(BrowserSession session, String reason) {
        Instant now = Rows.time(session.connected());
        int repeated = database.update(BROWSER_SESSIONS)
                .set(BROWSER_SESSIONS.EXTENSION_VERSION, session.extensionVersion())
                .set(BROWSER_SESSIONS.LAST_PING_AT, now)
                .set(BROWSER_SESSIONS.DISCONNECTED_AT, now)
                .where(BROWSER_SESSIONS.USER_ID.eq(session.accountId()))
                .and(BROWSER_SESSIONS.BROWSER_ID.eq(session.browserId()))
                .and(BROWSER_SESSIONS.GRANT_ID.isNotDistinctFrom(session.grantId()))
                .and(BROWSER_SESSIONS.ENDED.eq(reason))
                .and(PairedBrowserStore.isTheLatestOfItsBrowser())
                .execute();
        if (repeated == 0) {
            insert(session)
                    .set(BROWSER_SESSIONS.DISCONNECTED_AT, now)
                    .set(BROWSER_SESSIONS.ENDED, reason)
                    .execute();
        }
    }

    private InsertSetMoreStep<BrowserSessionsRecord> insert(BrowserSession session) {
        Instant connected = Rows.time(session.connected());
        return database.insertInto(BROWSER_SESSIONS)
                .set(BROWSER_SESSIONS.ID, session.id())
                .set(BROWSER_SESSIONS.USER_ID, session.accountId())
                .set(BROWSER_SESSIONS.GRANT_ID, session.grantId())
                .set(BROWSER_SESSIONS.BROWSER_ID, session.browserId())
                .set(BROWSER_SESSIONS.NAME, session.name())
                .set(BROWSER_SESSIONS.EXTENSION_VERSION, session.extensionVersion())
                .set(BROWSER_SESSIONS.USER_AGENT, session.userAgent())
                .set(BROWSER_SESSIONS.MOODLE_URL, session.moodleUrl())
                .set(BROWSER_SESSIONS.CONNECTED_AT, connected)
                .set(BROWSER_SESSIONS.LAST_PING_AT, connected);
    }

    /** Notes a sign of life without waiting for the database; it is written within about a minute. */
    public void pinged(UUID id, Instant now) {
        pings.note(id, Rows.time(now));
    }

    /**
     * Records the end of a connection; the first end counts, and an unknown connection is ignored.
     *
     * @param lastSeen when it was last heard of
     * @param reason why the service ended it; null when the service did not
     */
    public void disconnected(UUID id, Instant lastSeen, Instant now, @Nullable String reason) {
        database.update(BROWSER_SESSIONS)
                .set(BROWSER_SESSIONS.DISCONNECTED_AT, Rows.time(now))
                .set(BROWSER_SESSIONS.ENDED, reason)
                .set(BROWSER_SESSIONS.LAST_PING_AT, greatest(BROWSER_SESSIONS.LAST_PING_AT, val(Rows.time(lastSeen))))
                .where(BROWSER_SESSIONS.ID.eq(id))
                .and(BROWSER_SESSIONS.DISCONNECTED_AT.isNull())
                .execute();
    }

    /** Writes the pings that were noted since the last time. */
    void writeTimes() {
        pings.write();
    }

    private void writePings(Map<UUID, Instant> times) {
        database.batch(times.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(ping -> database.update(BROWSER_SESSIONS)
                                .set(BROWSER_SESSIONS.LAST_PING_AT, ping.getValue())
                                .where(BROWSER_SESSIONS.ID.eq(ping.getKey()))
                                .and(BROWSER_SESSIONS.LAST_PING_AT.lt(ping.getValue())))
                        .toList())
                .execute();
    }
}
