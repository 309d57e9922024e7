package io.github.moodlemcp.testkit.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.portal.spi.SecretHash;
import io.github.moodlemcp.portal.spi.SignInStateStore;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The rules of {@link SignInStateStore}: extend it for your store. Each test is named for its rule. */
public abstract class SignInStateStoreContract {
    private static final Instant EXPIRES = Instant.parse("2126-11-22T10:00:00Z");

    private SignInStateStore store;

    /** For the subclass alone. */
    protected SignInStateStoreContract() {}

    protected abstract SignInStateStore newStore();

    @BeforeEach
    void makeStore() {
        store = newStore();
    }

    @Test
    @DisplayName("STATE-1: a state is spent once")
    void state1() {
        SecretHash state = state();

        assertThat(store.spend(state, EXPIRES)).isTrue();
        assertThat(store.spend(state, EXPIRES)).isFalse();
        assertThat(store.spend(state, EXPIRES.plusSeconds(1))).isFalse();
    }

    @Test
    @DisplayName("STATE-2: of many attempts at once one succeeds")
    void state2() {
        SecretHash state = state();

        List<Boolean> attempts = AtOnce.run(16, i -> store.spend(state, EXPIRES));

        assertThat(attempts).filteredOn(Boolean::booleanValue).hasSize(1);
    }

    @Test
    @DisplayName("STATE-3: spending one state leaves the others")
    void state3() {
        assertThat(store.spend(state(), EXPIRES)).isTrue();
        assertThat(store.spend(state(), EXPIRES)).isTrue();
    }

    private static SecretHash state() {
        return SecretHash.of(UUID.randomUUID().toString());
    }
}
