package io.github.moodlemcp.portal.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.portal.ManualClock;
import io.github.moodlemcp.portal.memory.InMemoryApiKeyStore;
import io.github.moodlemcp.portal.spi.KeyRights;
import io.github.moodlemcp.portal.spi.SecretHash;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
    private final UUID account = UUID.randomUUID();
    private final ManualClock clock = new ManualClock();
    private final InMemoryApiKeyStore store = new InMemoryApiKeyStore();
    private final ApiKeys keys = new ApiKeys(store, new SecureRandom(), clock, 5);

    @Test
    void aKeyHasItsMarkItsBodyAndItsChecksum() {
        String secret = create("a").secret();

        assertThat(secret).matches("mmcp_[0-9A-Za-z]{49}");
        assertThat(ApiKeys.isWellFormed(secret)).isTrue();
    }

    @Test
    void noTwoKeysAreAlikeAndEveryPlaceVaries() {
        Set<String> secrets = new HashSet<>();
        ApiKeys many = new ApiKeys(store, new SecureRandom(), clock, 1000);
        for (int i = 0; i < 500; i++) {
            secrets.add(((IssuedKey.Issued) many.create(account, "a")).secret());
        }

        assertThat(secrets).hasSize(500);
        for (int place = "mmcp_".length() + 1; place < "mmcp_".length() + 43; place++) {
            int at = place;
            assertThat(secrets.stream().map(secret -> secret.charAt(at)).distinct())
                    .hasSizeGreaterThan(40);
        }
    }

    @Test
    void theStoreGetsTheHashAndTheFirstEightCharacters() {
        IssuedKey.Issued issued = create("a");

        assertThat(issued.key().prefix()).isEqualTo(issued.secret().substring(5, 13));
        assertThat(store.findLive(SecretHash.of(issued.secret()), clock.instant()))
                .isPresent();
        assertThat(issued.toString()).doesNotContain(issued.secret());
    }

    @Test
    void aLiveKeyIsRecognisedAndItsUseIsNoted() {
        IssuedKey.Issued issued = create("a");

        assertThat(keys.verify(issued.secret()))
                .contains(new VerifiedKey(issued.key().id(), issued.key().prefix(), account, KeyRights.STANDARD));
        assertThat(keys.list(account).getFirst().lastUsed()).isEqualTo(clock.instant());
    }

    @Test
    void aRevokedKeyIsRecognisedNoMore() {
        IssuedKey.Issued issued = create("a");

        assertThat(keys.revoke(UUID.randomUUID(), issued.key().id())).isFalse();
        assertThat(keys.verify(issued.secret())).isPresent();
        assertThat(keys.revoke(account, issued.key().id())).isTrue();
        assertThat(keys.verify(issued.secret())).isEmpty();
    }

    @Test
    void aKeyWithALifetimeEndsWithIt() {
        IssuedKey.Issued issued = (IssuedKey.Issued) keys.create(account, "a", KeyRights.STANDARD, Duration.ofDays(30));

        clock.advance(Duration.ofDays(30).minusMillis(1));
        assertThat(keys.verify(issued.secret())).isPresent();
        clock.advance(Duration.ofMillis(1));
        assertThat(keys.verify(issued.secret())).isEmpty();
        assertThat(keys.rotate(account, issued.key().id())).isEmpty();
    }

    @Test
    void aRotatedKeyHasANewSecretAndTheOldOneEnds() {
        IssuedKey.Issued old = create("a");

        assertThat(keys.rotate(UUID.randomUUID(), old.key().id())).isEmpty();
        IssuedKey.Issued fresh = keys.rotate(account, old.key().id()).orElseThrow();

        assertThat(keys.verify(old.secret())).isEmpty();
        assertThat(keys.verify(fresh.secret()))
                .map(VerifiedKey::keyId)
                .contains(old.key().id());
        assertThat(fresh.key().prefix()).isEqualTo(fresh.secret().substring(5, 13));
    }

    @Test
    void whatAProgramCallsItselfIsTidiedAndCut() {
        IssuedKey.Issued issued = create("a");

        keys.verify(issued.secret(), "evil\n\u202E" + "x".repeat(500));
        assertThat(keys.list(account).getFirst().lastClient()).isEqualTo("evil " + "x".repeat(27));
        clock.advance(Duration.ofSeconds(1));
        keys.verify(issued.secret(), " ");
        assertThat(keys.list(account).getFirst().lastClient()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mmcp_",
                "Bearer x",
                "mmcp_0000000000000000000000000000000000000000000000000",
                "mmcp_000000000000000000000000000000000000000000000000é"
            })
    void whatIsNoKeyIsNotRecognised(String text) {
        assertThat(keys.verify(text)).isEmpty();
    }

    @Test
    void aMistypedKeyIsToldByItsChecksum() {
        String secret = create("a").secret();
        for (int place = 0; place < secret.length(); place++) {
            char other = secret.charAt(place) == 'x' ? 'y' : 'x';
            String mistyped = secret.substring(0, place) + other + secret.substring(place + 1);
            assertThat(ApiKeys.isWellFormed(mistyped)).as("place %d", place).isFalse();
        }
        assertThat(ApiKeys.isWellFormed(secret + " ")).isFalse();
        assertThat(ApiKeys.isWellFormed(secret.substring(1))).isFalse();
    }

    @Test
    void theSixthKeyIsRefused() {
        for (int i = 0; i < 5; i++) {
            create("key " + i);
        }

        assertThat(keys.create(account, "one more")).isEqualTo(new IssuedKey.LimitReached(5));
        assertThat(keys.list(account)).hasSize(5);
    }

    @Test
    void aNameIsTidiedAndCut() {
        assertThat(create("  two\n\u202Elines  ").key().name()).isEqualTo("two lines");
        assertThat(create(" \u0000 ").key().name()).isEqualTo("API key");
        assertThat(create("\uD83D\uDE00".repeat(80)).key().name()).isEqualTo("\uD83D\uDE00".repeat(60));
    }

    private IssuedKey.Issued create(String name) {
        return (IssuedKey.Issued) keys.create(account, name);
    }
}
