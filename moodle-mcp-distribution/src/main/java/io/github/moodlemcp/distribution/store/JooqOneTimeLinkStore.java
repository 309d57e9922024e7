package io.github.moodlemcp.distribution.store;

import static io.github.moodlemcp.distribution.store.schema.Tables.ONE_TIME_LINKS;

import io.github.moodlemcp.portal.spi.OneTimeLink;
import io.github.moodlemcp.portal.spi.OneTimeLinkStore;
import io.github.moodlemcp.portal.spi.SecretHash;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;

/** The one-time sign-in links, in {@code one_time_links}; a link that is spent is gone. */
final class JooqOneTimeLinkStore implements OneTimeLinkStore {
    private final DSLContext database;

    JooqOneTimeLinkStore(DSLContext database) {
        this.database = database;
    }

    @Override
    public void save(OneTimeLink link) {
        database.insertInto(ONE_TIME_LINKS)
                .set(ONE_TIME_LINKS.TOKEN_HASH, link.hash().bytes())
                .set(ONE_TIME_LINKS.USER_ID, link.accountId())
                .set(ONE_TIME_LINKS.EXPIRES_AT, Rows.time(link.expires()))
                .execute();
    }

    @Override
    public Optional<UUID> consume(SecretHash hash, Instant now) {
        return database.deleteFrom(ONE_TIME_LINKS)
                .where(ONE_TIME_LINKS.TOKEN_HASH.eq(hash.bytes()))
                .and(ONE_TIME_LINKS.EXPIRES_AT.gt(now))
                .returning(ONE_TIME_LINKS.USER_ID)
                .fetchOptional(ONE_TIME_LINKS.USER_ID);
    }
}
