package io.github.moodlemcp.distribution.store;

import static io.github.moodlemcp.distribution.store.schema.Tables.WEB_SESSIONS;

import io.github.moodlemcp.distribution.store.schema.tables.records.WebSessionsRecord;
import io.github.moodlemcp.portal.spi.SecretHash;
import io.github.moodlemcp.portal.spi.WebSession;
import io.github.moodlemcp.portal.spi.WebSessionStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;

/** The web sessions, in {@code web_sessions}. */
final class JooqWebSessionStore implements WebSessionStore {
    private final DSLContext database;

    JooqWebSessionStore(DSLContext database) {
        this.database = database;
    }

    @Override
    public void create(WebSession session) {
        database.insertInto(WEB_SESSIONS)
                .set(WEB_SESSIONS.ID_HASH, session.id().bytes())
                .set(WEB_SESSIONS.USER_ID, session.accountId())
                .set(WEB_SESSIONS.LABEL, session.label())
                .set(WEB_SESSIONS.CREATED_AT, Rows.time(session.created()))
                .set(WEB_SESSIONS.LAST_SEEN_AT, Rows.time(session.lastSeen()))
                .set(WEB_SESSIONS.EXPIRES_AT, Rows.time(session.expires()))
                .execute();
    }

    @Override
    public Optional<WebSession> find(SecretHash id, Instant now) {
        return database.selectFrom(WEB_SESSIONS)
                .where(WEB_SESSIONS.ID_HASH.eq(id.bytes()))
                .and(WEB_SESSIONS.EXPIRES_AT.gt(now))
                .fetchOptional(JooqWebSessionStore::session);
    }

    @Override
    public void end(SecretHash id) {
        database.deleteFrom(WEB_SESSIONS)
                .where(WEB_SESSIONS.ID_HASH.eq(id.bytes()))
                .execute();
    }

    @Override
    public List<WebSession> list(UUID accountId, Instant now) {
        return database.selectFrom(WEB_SESSIONS)
                .where(WEB_SESSIONS.USER_ID.eq(accountId))
                .and(WEB_SESSIONS.EXPIRES_AT.gt(now))
                .orderBy(WEB_SESSIONS.CREATED_AT.desc(), WEB_SESSIONS.ID_HASH)
                .fetch(JooqWebSessionStore::session);
    }

    @Override
    public void seen(SecretHash id, Instant now) {
        database.update(WEB_SESSIONS)
                .set(WEB_SESSIONS.LAST_SEEN_AT, Rows.time(now))
                .where(WEB_SESSIONS.ID_HASH.eq(id.bytes()))
                .and(WEB_SESSIONS.LAST_SEEN_AT.isNull().or(WEB_SESSIONS.LAST_SEEN_AT.lt(Rows.time(now))))
                .execute();
    }

    @Override
    public boolean end(UUID accountId, SecretHash id) {
        return database.deleteFrom(WEB_SESSIONS)
                        .where(WEB_SESSIONS.ID_HASH.eq(id.bytes()))
                        .and(WEB_SESSIONS.USER_ID.eq(accountId))
                        .execute()
                == 1;
    }

    @Override
    public void endOthers(UUID accountId, SecretHash kept) {
        database.deleteFrom(WEB_SESSIONS)
                .where(WEB_SESSIONS.USER_ID.eq(accountId))
                .and(WEB_SESSIONS.ID_HASH.ne(kept.bytes()))
                .execute();
    }

    /** A session of an earlier version of this service has no time at which it was seen last. */
    private static WebSession session(WebSessionsRecord row) {
        Instant seen = row.getLastSeenAt() == null ? row.getCreatedAt() : row.getLastSeenAt();
        return new WebSession(
                SecretHash.ofBytes(row.getIdHash()),
                row.getUserId(),
                row.getLabel(),
                row.getCreatedAt(),
                seen,
                row.getExpiresAt());
    }
}
