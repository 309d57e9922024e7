package io.github.moodlemcp.distribution.store;

import static io.github.moodlemcp.distribution.store.schema.Tables.OAUTH_CLIENTS;

import io.github.moodlemcp.distribution.store.schema.tables.records.OauthClientsRecord;
import io.github.moodlemcp.portal.spi.ClientProof;
import io.github.moodlemcp.portal.spi.OAuthClient;
import io.github.moodlemcp.portal.spi.OAuthClientStore;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/** The OAuth clients, in {@code oauth_clients}. */
final class JooqOAuthClientStore implements OAuthClientStore {
    private final DSLContext database;

    JooqOAuthClientStore(DSLContext database) {
        this.database = database;
    }

    @Override
    public void register(OAuthClient client) {
        int inserted = database.insertInto(OAUTH_CLIENTS)
                .set(row(client))
                .onConflictDoNothing()
                .execute();
        if (inserted == 0) {
            throw new IllegalStateException("There is a client of this id already");
        }
    }

    @Override
    public void keep(OAuthClient client) {
        OauthClientsRecord row = row(client);
        database.insertInto(OAUTH_CLIENTS)
                .set(row)
                .onConflict(OAUTH_CLIENTS.ID)
                .doUpdate()
                .set(row)
                .execute();
    }

    @Override
    public Optional<OAuthClient> find(String id) {
        return database.selectFrom(OAUTH_CLIENTS)
                .where(OAUTH_CLIENTS.ID.eq(id))
                .fetchOptional(row -> new OAuthClient(
                        row.getId(), row.getName(), List.of(row.getRedirectUris()), row.getRegisteredAt(), proof(row)));
    }

    private static OauthClientsRecord row(OAuthClient client) {
        OauthClientsRecord row = new OauthClientsRecord();
        row.setId(client.id());
        row.setName(client.name());
        row.setRedirectUris(client.redirectUris().toArray(String[]::new));
        row.setRegisteredAt(client.registered());
        row.setJwks(client.proof() instanceof ClientProof.Keys(String jwkSet) ? jwkSet : null);
        row.setJwksUri(client.proof() instanceof ClientProof.KeysAt(URI address) ? address.toString() : null);
        return row;
    }

    private static ClientProof proof(OauthClientsRecord row) {
        if (row.getJwks() != null) {
            return new ClientProof.Keys(row.getJwks());
        }
        return row.getJwksUri() == null ? new ClientProof.None() : new ClientProof.KeysAt(URI.create(row.getJwksUri()));
    }
}
