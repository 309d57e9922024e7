package io.github.moodlemcp.testkit.portal;

import io.github.moodlemcp.portal.spi.OAuthClient;
import io.github.moodlemcp.portal.spi.OAuthClientStore;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Stores of OAuth clients with one fault each. */
final class BrokenOAuthClientStores {
    private BrokenOAuthClientStores() {}

    static class KeepsOneAddress extends OAuthClientStoreContract {
        @Override
        protected OAuthClientStore newStore() {
            return new Clients(new TreeMap<>()) {
                @Override
                public void register(OAuthClient client) {
                    super.register(new OAuthClient(
                            client.id(), client.name(), client.redirectUris().subList(0, 1), client.registered()));
                }
            };
        }
    }

    static class IgnoresCase extends OAuthClientStoreContract {
        @Override
        protected OAuthClientStore newStore() {
            return new Clients(new TreeMap<>(String.CASE_INSENSITIVE_ORDER));
        }
    }

    static class TakesTheNewOne extends OAuthClientStoreContract {
        @Override
        protected OAuthClientStore newStore() {
            return new Clients(new TreeMap<>()) {
                @Override
                public void register(OAuthClient client) {
                    clients.remove(client.id());
                    super.register(client);
                }
            };
        }
    }

    static class ForgetsTheProof extends OAuthClientStoreContract {
        @Override
        protected OAuthClientStore newStore() {
            return new Clients(new TreeMap<>()) {
                @Override
                public void keep(OAuthClient client) {
                    super.keep(new OAuthClient(client.id(), client.name(), client.redirectUris(), client.registered()));
                }
            };
        }
    }

    private static class Clients implements OAuthClientStore {
        final Map<String, OAuthClient> clients;

        Clients(Map<String, OAuthClient> clients) {
            this.clients = clients;
        }

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
}
