package io.github.moodlemcp.testkit.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.portal.spi.ApiKey;
import io.github.moodlemcp.portal.spi.ApiKeyCreation;
import io.github.moodlemcp.portal.spi.ApiKeyStore;
import io.github.moodlemcp.portal.spi.KeyRights;
import io.github.moodlemcp.portal.spi.NewApiKey;
import io.github.moodlemcp.portal.spi.SecretHash;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The rules of {@link ApiKeyStore}: extend it for your store. Each test is named for its rule. */
public abstract class ApiKeyStoreContract {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final int LIMIT = 5;
    private static final KeyRights RIGHTS =
            new KeyRights(Set.of("moodle:read", "moodle:write"), Set.of("teacher", "teacher-write"), true);

    private ApiKeyStore store;
    private UUID anna;
    private UUID ben;

    /** For the subclass alone. */
    protected ApiKeyStoreContract() {}

    protected abstract ApiKeyStore newStore();

    /** An account without keys, for the store that was made last. */
    protected abstract UUID newAccount();

    /** Returns when the uses that were noted so far have been recorded. */
    protected void settle() {}

    @BeforeEach
    void makeStore() {
        store = newStore();
        anna = newAccount();
        ben = newAccount();
    }

    @Test
    @DisplayName("KEY-1: a created key is found by its hash and listed, as it was created")
    void key1() {
        NewApiKey key = key(anna, "Laptop ✓");

        ApiKey created = created(key);

        assertThat(created)
                .isEqualTo(new ApiKey(created.id(), anna, "Laptop ✓", key.prefix(), RIGHTS, NOW, null, null, null));
        assertThat(store.findLive(key.hash(), NOW)).contains(created);
        assertThat(store.list(anna, NOW)).containsExactly(created);
    }

    @Test
    @DisplayName("KEY-2: an account never has more live keys than the limit, also when many are created at once")
    void key2() {
        List<ApiKeyCreation> creations = AtOnce.run(16, i -> store.create(key(anna, "key " + i), LIMIT));

        assertThat(creations)
                .filteredOn(ApiKeyCreation.Created.class::isInstance)
                .hasSize(LIMIT);
        assertThat(store.list(anna, NOW)).hasSize(LIMIT);
        assertThat(store.create(key(ben, "Ben's"), LIMIT)).isInstanceOf(ApiKeyCreation.Created.class);

        store.revoke(anna, store.list(anna, NOW).getFirst().id(), NOW);
        assertThat(store.create(key(anna, "instead"), LIMIT)).isInstanceOf(ApiKeyCreation.Created.class);
        assertThat(store.create(key(anna, "too many"), LIMIT)).isEqualTo(new ApiKeyCreation.LimitReached());
    }

    @Test
    @DisplayName("KEY-3: the list has the live keys of that account only, oldest first")
    void key3() {
        ApiKey second = created(key(anna, "second", NOW.plusSeconds(2)));
        ApiKey first = created(key(anna, "first", NOW.plusSeconds(1)));
        ApiKey third = created(key(anna, "third", NOW.plusSeconds(3)));
        created(key(ben, "Ben's", NOW));
        store.revoke(anna, third.id(), NOW.plusSeconds(4));

        assertThat(store.list(anna, NOW.plusSeconds(4))).containsExactly(first, second);
        assertThat(store.list(newAccount(), NOW)).isEmpty();
    }

    @Test
    @DisplayName("KEY-4: an unknown or revoked key is not found")
    void key4() {
        NewApiKey key = key(anna, "a");
        ApiKey created = created(key);

        assertThat(store.findLive(SecretHash.of("unknown"), NOW)).isEmpty();
        assertThat(store.revoke(anna, created.id(), NOW)).isTrue();
        assertThat(store.findLive(key.hash(), NOW)).isEmpty();
        assertThat(store.list(anna, NOW)).isEmpty();
    }

    @Test
    @DisplayName("KEY-5: a key is revoked only once, and only for its owner")
    void key5() {
        NewApiKey key = key(anna, "a");
        ApiKey created = created(key);

        assertThat(store.revoke(ben, created.id(), NOW)).isFalse();
        assertThat(store.revoke(anna, UUID.randomUUID(), NOW)).isFalse();
        assertThat(store.findLive(key.hash(), NOW)).isPresent();
        assertThat(store.revoke(anna, created.id(), NOW)).isTrue();
        assertThat(store.revoke(anna, created.id(), NOW)).isFalse();
    }

    @Test
    @DisplayName("KEY-6: a use shows within about a minute and never moves backwards")
    void key6() {
        ApiKey key = created(key(anna, "a"));
        store.used(key.id(), NOW.plusSeconds(600), "claude-code/2.1");
        store.used(key.id(), NOW.plusSeconds(300), "claude-code/2.1");
        store.used(UUID.randomUUID(), NOW, null);
        settle();

        Instant lastUsed = store.list(anna, NOW).getFirst().lastUsed();
        assertThat(lastUsed).isBetween(NOW.plusSeconds(540), NOW.plusSeconds(600));
        assertThat(store.list(anna, NOW).getFirst().lastClient()).isEqualTo("claude-code/2.1");

        store.used(key.id(), NOW.plusSeconds(900), "cursor");
        settle();
        assertThat(store.list(anna, NOW).getFirst().lastUsed()).isBetween(NOW.plusSeconds(840), NOW.plusSeconds(900));
        assertThat(store.list(anna, NOW).getFirst().lastClient()).isEqualTo("cursor");
    }

    @Test
    @DisplayName("KEY-7: who once had a key is remembered")
    void key7() {
        assertThat(store.hasEverHadKey(anna)).isFalse();
        ApiKey key = created(key(anna, "a"));

        assertThat(store.hasEverHadKey(anna)).isTrue();
        store.revoke(anna, key.id(), NOW);
        assertThat(store.hasEverHadKey(anna)).isTrue();
        assertThat(store.hasEverHadKey(ben)).isFalse();
    }

    @Test
    @DisplayName("KEY-8: a key is live until the instant it expires, and from then on it is no key any more")
    void key8() {
        Instant end = NOW.plusSeconds(60);
        NewApiKey key = key(anna, "for a minute", NOW, end);
        ApiKey created = created(key);
        assertThat(created.expires()).isEqualTo(end);

        Instant before = end.minusMillis(1);
        assertThat(store.findLive(key.hash(), before)).isPresent();
        assertThat(store.list(anna, before)).hasSize(1);

        assertThat(store.findLive(key.hash(), end)).isEmpty();
        assertThat(store.list(anna, end)).isEmpty();
        assertThat(store.rotate(anna, created.id(), "87654321", SecretHash.of("new"), end))
                .isEmpty();
        assertThat(store.revoke(anna, created.id(), end)).isFalse();

        for (int i = 1; i < LIMIT; i++) {
            created(key(anna, "another"));
        }
        assertThat(store.create(key(anna, "too early", before), LIMIT)).isEqualTo(new ApiKeyCreation.LimitReached());
        assertThat(store.create(key(anna, "instead", end), LIMIT)).isInstanceOf(ApiKeyCreation.Created.class);
    }

    @Test
    @DisplayName("KEY-9: rotating gives a live key of the account another secret, and ends the old one at once")
    void key9() {
        NewApiKey key = key(anna, "a");
        ApiKey created = created(key);
        SecretHash fresh = SecretHash.of(UUID.randomUUID().toString());

        assertThat(store.rotate(ben, created.id(), "87654321", fresh, NOW)).isEmpty();
        assertThat(store.rotate(anna, UUID.randomUUID(), "87654321", fresh, NOW))
                .isEmpty();
        assertThat(store.findLive(key.hash(), NOW)).contains(created);

        ApiKey rotated =
                store.rotate(anna, created.id(), "87654321", fresh, NOW).orElseThrow();
        assertThat(rotated.id()).isEqualTo(created.id());
        assertThat(rotated.prefix()).isEqualTo("87654321");
        assertThat(rotated.name()).isEqualTo(created.name());
        assertThat(rotated.rights()).isEqualTo(created.rights());
        assertThat(store.findLive(fresh, NOW)).contains(rotated);
        assertThat(store.findLive(key.hash(), NOW)).isEmpty();
        assertThat(store.list(anna, NOW)).containsExactly(rotated);
        store.revoke(anna, created.id(), NOW);
        assertThat(store.rotate(anna, created.id(), "12345678", key.hash(), NOW))
                .isEmpty();
    }

    private ApiKey created(NewApiKey key) {
        ApiKeyCreation creation = store.create(key, LIMIT);
        assertThat(creation).isInstanceOf(ApiKeyCreation.Created.class);
        return ((ApiKeyCreation.Created) creation).key();
    }

    private static NewApiKey key(UUID account, String name) {
        return key(account, name, NOW);
    }

    private static NewApiKey key(UUID account, String name, Instant created) {
        return key(account, name, created, null);
    }

    private static NewApiKey key(UUID account, String name, Instant created, @Nullable Instant expires) {
        String secret = UUID.randomUUID().toString();
        return new NewApiKey(account, name, secret.substring(0, 8), SecretHash.of(secret), RIGHTS, created, expires);
    }
}
