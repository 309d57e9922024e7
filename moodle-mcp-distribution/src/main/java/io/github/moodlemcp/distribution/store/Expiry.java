package io.github.moodlemcp.distribution.store;

import static io.github.moodlemcp.distribution.store.schema.Tables.AUTHORIZATION_CODES;
import static io.github.moodlemcp.distribution.store.schema.Tables.BROWSER_SESSIONS;
import static io.github.moodlemcp.distribution.store.schema.Tables.GRANTS;
import static io.github.moodlemcp.distribution.store.schema.Tables.OAUTH_CLIENTS;
import static io.github.moodlemcp.distribution.store.schema.Tables.ONE_TIME_LINKS;
import static io.github.moodlemcp.distribution.store.schema.Tables.REFRESH_TOKENS;
import static io.github.moodlemcp.distribution.store.schema.Tables.SPENT_SIGN_INS;
import static io.github.moodlemcp.distribution.store.schema.Tables.WEB_SESSIONS;
import static io.github.moodlemcp.distribution.store.schema.Tables.WRITE_RECORDS;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;

import io.github.moodlemcp.server.spi.WriteRecords;
import java.time.Duration;
import java.time.Instant;
import org.jooq.Condition;
import org.jooq.DSLContext;

/** Deletes what nobody needs any more; docs/reference/data-inventory.md names the periods. */
final class Expiry {
    private static final Duration GRANT_REMAINS = Duration.ofDays(1);
    private static final Duration UNUSED_CLIENT_REMAINS = Duration.ofDays(7);
    private static final Duration BROWSER_SESSION_REMAINS = Duration.ofDays(30);

    private final DSLContext database;

    Expiry(DSLContext database) {
        this.database = database;
    }

    void delete(Instant now) {
        database.deleteFrom(WEB_SESSIONS).where(WEB_SESSIONS.EXPIRES_AT.le(now)).execute();
        database.deleteFrom(ONE_TIME_LINKS)
                .where(ONE_TIME_LINKS.EXPIRES_AT.le(now))
                .execute();
        database.deleteFrom(SPENT_SIGN_INS)
                .where(SPENT_SIGN_INS.EXPIRES_AT.le(now))
                .execute();
        database.deleteFrom(BROWSER_SESSIONS)
                .where(BROWSER_SESSIONS.LAST_PING_AT.le(now.minus(BROWSER_SESSION_REMAINS)))
                .andNot(PairedBrowserStore.isTheLatestOfAPairedBrowser())
                .execute();
        database.deleteFrom(WRITE_RECORDS)
                .where(WRITE_RECORDS.BEGUN_AT.le(now.minus(WriteRecords.KEPT)))
                .execute();
        deleteGrants(now.minus(GRANT_REMAINS));
        database.deleteFrom(REFRESH_TOKENS)
                .where(REFRESH_TOKENS.EXPIRES_AT.le(now.minus(GRANT_REMAINS)))
                .execute();
        deleteClients(now.minus(UNUSED_CLIENT_REMAINS));
    }

    /** Grants that ended before the moment: revoked, never redeemed, or with no refresh token that was still good. */
    private void deleteGrants(Instant moment) {
        Condition codeIsOver = exists(selectOne()
                .from(AUTHORIZATION_CODES)
                .where(AUTHORIZATION_CODES.GRANT_ID.eq(GRANTS.ID))
                .and(AUTHORIZATION_CODES.EXPIRES_AT.le(moment)));
        Condition noTokenIsGood = notExists(selectOne()
                .from(REFRESH_TOKENS)
                .where(REFRESH_TOKENS.GRANT_ID.eq(GRANTS.ID))
                .and(REFRESH_TOKENS.EXPIRES_AT.gt(moment)));
        database.deleteFrom(GRANTS)
                .where(GRANTS.REVOKED_AT.le(moment).or(codeIsOver.and(noTokenIsGood)))
                .execute();
    }

    /** Clients that registered before the moment and that nobody allows anything now. */
    private void deleteClients(Instant moment) {
        Condition isAllowedNothing = notExists(selectOne().from(GRANTS).where(GRANTS.CLIENT_ID.eq(OAUTH_CLIENTS.ID)));
        database.deleteFrom(OAUTH_CLIENTS)
                .where(OAUTH_CLIENTS.REGISTERED_AT.le(moment).and(isAllowedNothing))
                .execute();
    }
}
