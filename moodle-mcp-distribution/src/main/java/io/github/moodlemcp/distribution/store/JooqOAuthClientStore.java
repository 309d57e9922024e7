package io.github.moodlemcp.distribution.store;

import static io.github.moodlemcp.distribution.store.schema.Tables.OAUTH_CLIENTS;

import io.github.moodlemcp.portal.spi.OAuthClient;
import io.github.moodlemcp.portal.spi.OAuthClientStore;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/** The OAuth clients that registered themselves, in {@code oauth_clients}. */
final class JooqOAuthClientStore implements OAuthClientStore {
    private final DSLContext database;

    JooqOAuthClientStore(DSLContext database) {
        this.database = database;
    }

    @Override
    public void register(OAuthClient client) {
        int inserted = database.insertInto(OAUTH_CLIENTS)
                .set(OAUTH_CLIENTS.ID, client.id())
                .set(OAUTH_CLIENTS.NAME, client.name())
                .set(OAUTH_CLIENTS.REDIRECT_URIS, client.redirectUris().toArray(String[]::new))
                .set(OAUTH_CLIENTS.REGISTERED_AT, Rows.time(client.registered()))
                .onConflictDoNothing()
                .execute();
        if (inserted == 0) {
            throw new IllegalStateException("There is a client of this id already");
        }
    }

    @Override
    public Optional<OAuthClient> find(String id) {
        return database.selectFrom(OAUTH_CLIENTS)
                .where(OAUTH_CLIENTS.ID.eq(id))
                .fetchOptional(row -> new OAuthClient(
                        row.getId(), row.getName(), List.of(row.getRedirectUris()), row.getRegisteredAt()));
    }
}
