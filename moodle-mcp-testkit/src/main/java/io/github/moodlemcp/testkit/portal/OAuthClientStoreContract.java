package io.github.moodlemcp.testkit.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.moodlemcp.portal.spi.ClientProof;
import io.github.moodlemcp.portal.spi.OAuthClient;
import io.github.moodlemcp.portal.spi.OAuthClientStore;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The rules of {@link OAuthClientStore}: extend it for your store. Each test is named for its rule. */
public abstract class OAuthClientStoreContract {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private OAuthClientStore store;

    /** For the subclass alone. */
    protected OAuthClientStoreContract() {}

    protected abstract OAuthClientStore newStore();

    @BeforeEach
    void makeStore() {
        store = newStore();
    }

    @Test
    @DisplayName("CLIENT-1: a registered client is found with everything, its addresses in their order")
    void client1() {
        OAuthClient client =
                client("An app, \u00e4 \u4e2d", "https://z.example/cb?a=b,c", "http://localhost/\\x", "a.b:/{}");
        OAuthClient other = client("An app", "https://a.example/");
        store.register(client);
        store.register(other);

        assertThat(store.find(client.id())).contains(client);
        assertThat(store.find(other.id())).contains(other);
    }

    @Test
    @DisplayName("CLIENT-2: an id that was not registered finds nothing, also one that differs in case or space")
    void client2() {
        OAuthClient client = client("An app", "https://a.example/");
        store.register(client);

        assertThat(store.find(UUID.randomUUID().toString())).isEmpty();
        assertThat(store.find(client.id().toUpperCase(Locale.ROOT))).isEmpty();
        assertThat(store.find(client.id() + " ")).isEmpty();
        assertThat(store.find("")).isEmpty();
        assertThat(store.find("%")).isEmpty();
    }

    @Test
    @DisplayName("CLIENT-3: registering an id again fails and changes nothing")
    void client3() {
        OAuthClient client = client("An app", "https://a.example/");
        store.register(client);
        OAuthClient again = new OAuthClient(client.id(), "Another", List.of("https://evil.example/"), NOW);

        assertThatThrownBy(() -> store.register(again)).isInstanceOf(IllegalStateException.class);
        assertThat(store.find(client.id())).contains(client);
    }

    @Test
    @DisplayName("CLIENT-4: a kept client takes the place of what was known under its id, with its proof")
    void client4() {
        OAuthClient first = client("An app", "https://a.example/");
        store.keep(first);
        assertThat(store.find(first.id())).contains(first);
        for (ClientProof proof : List.of(
                new ClientProof.KeysAt(URI.create("https://a.example/keys")),
                new ClientProof.Keys("{\"keys\":[]}"),
                new ClientProof.None())) {
            OAuthClient later =
                    new OAuthClient(first.id(), "Another", List.of("https://b.example/"), NOW.plusSeconds(1), proof);
            store.keep(later);
            assertThat(store.find(first.id())).contains(later);
        }
    }

    private static OAuthClient client(String name, String... redirectUris) {
        return new OAuthClient("client-" + UUID.randomUUID(), name, List.of(redirectUris), NOW);
    }
}
