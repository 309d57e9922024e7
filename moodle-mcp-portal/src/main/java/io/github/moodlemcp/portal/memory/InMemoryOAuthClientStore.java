package io.github.moodlemcp.portal.memory;

import io.github.moodlemcp.portal.spi.OAuthClient;
import io.github.moodlemcp.portal.spi.OAuthClientStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** OAuth clients in memory, for as long as the process runs. Safe for use by many threads. */
public final class InMemoryOAuthClientStore implements OAuthClientStore {
    private final Map<String, OAuthClient> clients = new ConcurrentHashMap<>();

    @Override
    public void register(OAuthClient client) {
        if (clients.putIfAbsent(client.id(), client) != null) {
            throw new IllegalStateException("There is a client of this id already");
        }
    }

    @Override
    public void keep(OAuthClient client) {
        clients.put(client.id(), client);
    }

    @Override
    public Optional<OAuthClient> find(String id) {
        return Optional.ofNullable(clients.get(id));
    }
}
