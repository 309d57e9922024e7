package io.github.moodlemcp.testkit.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.portal.spi.OneTimeLink;
import io.github.moodlemcp.portal.spi.OneTimeLinkStore;
import io.github.moodlemcp.portal.spi.SecretHash;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The rules of {@link OneTimeLinkStore}: extend it for your store. Each test is named for its rule. */
public abstract class OneTimeLinkStoreContract {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private OneTimeLinkStore store;
    private UUID anna;

    /** For the subclass alone. */
    protected OneTimeLinkStoreContract() {}

    protected abstract OneTimeLinkStore newStore();

    /** An account, for the store that was made last. */
    protected abstract UUID newAccount();

    @BeforeEach
    void makeStore() {
        store = newStore();
        anna = newAccount();
    }

    @Test
    @DisplayName("LINK-1: a link is consumed once and names its account")
    void link1() {
        SecretHash link = saved(anna);

        assertThat(store.consume(link, NOW)).contains(anna);
        assertThat(store.consume(link, NOW)).isEmpty();
    }

    @Test
    @DisplayName("LINK-2: of many attempts at once one succeeds")
    void link2() {
        SecretHash link = saved(anna);

        List<Optional<UUID>> attempts = AtOnce.run(16, i -> store.consume(link, NOW));

        assertThat(attempts).filteredOn(Optional::isPresent).hasSize(1);
    }

    @Test
    @DisplayName("LINK-3: an unknown or expired link is empty")
    void link3() {
        assertThat(store.consume(SecretHash.of("unknown"), NOW)).isEmpty();
        assertThat(store.consume(saved(anna), NOW.plusSeconds(60))).isEmpty();
        assertThat(store.consume(saved(anna), NOW.plusSeconds(59))).contains(anna);
    }

    @Test
    @DisplayName("LINK-4: consuming one link leaves the others")
    void link4() {
        SecretHash consumed = saved(anna);
        SecretHash other = saved(anna);

        store.consume(consumed, NOW);

        assertThat(store.consume(other, NOW)).contains(anna);
    }

    private SecretHash saved(UUID account) {
        SecretHash hash = SecretHash.of(UUID.randomUUID().toString());
        store.save(new OneTimeLink(hash, account, NOW.plusSeconds(60)));
        return hash;
    }
}
