package io.github.moodlemcp.distribution.store;

import static io.github.moodlemcp.distribution.store.schema.Tables.WEB_SESSIONS;

import io.github.moodlemcp.portal.spi.SecretHash;
import io.github.moodlemcp.portal.spi.WebSession;
import io.github.moodlemcp.portal.spi.WebSessionStore;
import java.time.Instant;
import java.util.Optional;
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
                .set(WEB_SESSIONS.CREATED_AT, Rows.time(session.created()))
                .set(WEB_SESSIONS.EXPIRES_AT, Rows.time(session.expires()))
                .execute();
    }

    @Override
    public Optional<WebSession> find(SecretHash id, Instant now) {
        return database.selectFrom(WEB_SESSIONS)
                .where(WEB_SESSIONS.ID_HASH.eq(id.bytes()))
                .and(WEB_SESSIONS.EXPIRES_AT.gt(now))
                .fetchOptional(row -> new WebSession(id, row.getUserId(), row.getCreatedAt(), row.getExpiresAt()));
    }

    @Override
    public void end(SecretHash id) {
        database.deleteFrom(WEB_SESSIONS)
                .where(WEB_SESSIONS.ID_HASH.eq(id.bytes()))
                .execute();
    }
}
