package io.github.moodlemcp.distribution.store;

import static io.github.moodlemcp.distribution.store.schema.Tables.BROWSER_SESSIONS;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;

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
        Instant connected = Rows.time(session.connected());
        database.insertInto(BROWSER_SESSIONS)
                .set(BROWSER_SESSIONS.ID, session.id())
                .set(BROWSER_SESSIONS.USER_ID, session.accountId())
                .set(BROWSER_SESSIONS.BROWSER_ID, session.browserId())
                .set(BROWSER_SESSIONS.NAME, session.name())
                .set(BROWSER_SESSIONS.EXTENSION_VERSION, session.extensionVersion())
                .set(BROWSER_SESSIONS.USER_AGENT, session.userAgent())
                .set(BROWSER_SESSIONS.MOODLE_URL, session.moodleUrl())
                .set(BROWSER_SESSIONS.CONNECTED_AT, connected)
                .set(BROWSER_SESSIONS.LAST_PING_AT, connected)
                .execute();
    }

    /** Notes a sign of life without waiting for the database; it is written within about a minute. */
    public void pinged(UUID id, Instant now) {
        pings.note(id, Rows.time(now));
    }

    /** Records the end of a connection; the first end counts, and an unknown connection is ignored. */
    public void disconnected(UUID id, Instant now) {
        database.update(BROWSER_SESSIONS)
                .set(BROWSER_SESSIONS.DISCONNECTED_AT, Rows.time(now))
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
