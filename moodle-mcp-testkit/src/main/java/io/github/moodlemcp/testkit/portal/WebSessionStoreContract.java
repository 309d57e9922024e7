package io.github.moodlemcp.testkit.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.portal.spi.SecretHash;
import io.github.moodlemcp.portal.spi.WebSession;
import io.github.moodlemcp.portal.spi.WebSessionStore;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The rules of {@link WebSessionStore}: extend it for your store. Each test is named for its rule. */
public abstract class WebSessionStoreContract {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private WebSessionStore store;
    private UUID anna;

    /** For the subclass alone. */
    protected WebSessionStoreContract() {}

    protected abstract WebSessionStore newStore();

    /** An account, for the store that was made last. */
    protected abstract UUID newAccount();

    @BeforeEach
    void makeStore() {
        store = newStore();
        anna = newAccount();
    }

    @Test
    @DisplayName("SESSION-1: a session is found until it expires")
    void session1() {
        WebSession session = created(anna);

        assertThat(store.find(session.id(), NOW)).contains(session);
        assertThat(store.find(session.id(), NOW.plusSeconds(59))).contains(session);
        assertThat(store.find(session.id(), NOW.plusSeconds(60))).isEmpty();
        assertThat(store.find(SecretHash.of("unknown"), NOW)).isEmpty();
    }

    @Test
    @DisplayName("SESSION-2: an ended session is found no more")
    void session2() {
        WebSession session = created(anna);

        store.end(session.id());
        store.end(session.id());
        store.end(SecretHash.of("unknown"));

        assertThat(store.find(session.id(), NOW)).isEmpty();
    }

    @Test
    @DisplayName("SESSION-3: ending one session leaves the others")
    void session3() {
        WebSession ended = created(anna);
        WebSession other = created(anna);
        WebSession bens = created(newAccount());

        store.end(ended.id());

        assertThat(store.find(other.id(), NOW)).contains(other);
        assertThat(store.find(bens.id(), NOW)).contains(bens);
    }

    @Test
    @DisplayName("SESSION-4: the list has the sessions of that account that have not expired, the newest first")
    void session4() {
        WebSession first = created(anna, NOW);
        WebSession second = created(anna, NOW.plusSeconds(30));
        created(newAccount());

        assertThat(store.list(anna, NOW.plusSeconds(59))).containsExactly(second, first);
        assertThat(store.list(anna, NOW.plusSeconds(60))).containsExactly(second);
    }

    @Test
    @DisplayName("SESSION-5: a session is ended for its owner only")
    void session5() {
        WebSession session = created(anna);

        assertThat(store.end(newAccount(), session.id())).isFalse();
        assertThat(store.end(anna, SecretHash.of("unknown"))).isFalse();
        assertThat(store.find(session.id(), NOW)).contains(session);
        assertThat(store.end(anna, session.id())).isTrue();
        assertThat(store.find(session.id(), NOW)).isEmpty();
        assertThat(store.end(anna, session.id())).isFalse();
    }

    @Test
    @DisplayName("SESSION-6: ending the others ends all of the account but one")
    void session6() {
        WebSession kept = created(anna);
        WebSession other = created(anna);
        WebSession bens = created(newAccount());

        store.endOthers(anna, kept.id());

        assertThat(store.list(anna, NOW)).containsExactly(kept);
        assertThat(store.find(other.id(), NOW)).isEmpty();
        assertThat(store.find(bens.id(), NOW)).contains(bens);
    }

    @Test
    @DisplayName("SESSION-7: the last time a session was seen never moves backwards")
    void session7() {
        WebSession session = created(anna);

        store.seen(session.id(), NOW.plusSeconds(30));
        store.seen(session.id(), NOW.plusSeconds(10));
        store.seen(SecretHash.of("unknown"), NOW);

        assertThat(store.list(anna, NOW)).extracting(WebSession::lastSeen).containsExactly(NOW.plusSeconds(30));
    }

    private WebSession created(UUID account) {
        return created(account, NOW);
    }

    private WebSession created(UUID account, Instant now) {
        SecretHash id = SecretHash.of(UUID.randomUUID().toString());
        WebSession session = new WebSession(id, account, "Firefox on Linux", now, now, now.plusSeconds(60));
        store.create(session);
        return session;
    }
}
