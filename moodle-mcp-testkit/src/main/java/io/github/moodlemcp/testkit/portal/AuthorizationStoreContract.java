package io.github.moodlemcp.testkit.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.portal.spi.AuthorizationCode;
import io.github.moodlemcp.portal.spi.AuthorizationStore;
import io.github.moodlemcp.portal.spi.CodeRedemption;
import io.github.moodlemcp.portal.spi.Grant;
import io.github.moodlemcp.portal.spi.RefreshToken;
import io.github.moodlemcp.portal.spi.Rotation;
import io.github.moodlemcp.portal.spi.SecretHash;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The rules of {@link AuthorizationStore}: extend it for your store. Each test is named for its rule. */
public abstract class AuthorizationStoreContract {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofDays(30));
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final String CLIENT = "a-client";

    private AuthorizationStore store;
    private UUID anna;
    private UUID ben;

    /** For the subclass alone. */
    protected AuthorizationStoreContract() {}

    protected abstract AuthorizationStore newStore();

    /** An account without grants, for the store that was made last. */
    protected abstract UUID newAccount();

    @BeforeEach
    void makeStore() {
        store = newStore();
        anna = newAccount();
        ben = newAccount();
    }

    @Test
    @DisplayName("GRANT-1: a saved code makes its grant live and is redeemed with everything it was saved with")
    void grant1() {
        AuthorizationCode code = saved(anna, NOW);

        assertThat(store.isLive(code.grant().id())).isTrue();
        assertThat(store.redeemCode(code.hash(), NOW)).isEqualTo(new CodeRedemption.Redeemed(code));
        assertThat(store.isLive(code.grant().id())).isTrue();
    }

    @Test
    @DisplayName("GRANT-2: of many redemptions at once one succeeds")
    void grant2() {
        AuthorizationCode code = saved(anna, NOW);

        List<CodeRedemption> redemptions = AtOnce.run(16, i -> store.redeemCode(code.hash(), NOW));

        assertThat(redemptions)
                .filteredOn(CodeRedemption.Redeemed.class::isInstance)
                .hasSize(1);
        assertThat(store.isLive(code.grant().id())).isFalse();
    }

    @Test
    @DisplayName("GRANT-3: a second redemption revokes the grant, also after the code has expired")
    void grant3() {
        AuthorizationCode code = redeemed(anna, NOW);
        RefreshToken token = added(code.grant());

        assertThat(store.redeemCode(code.hash(), NOW.plusSeconds(3600)))
                .isEqualTo(new CodeRedemption.Reused(code.grant().id()));
        assertThat(store.isLive(code.grant().id())).isFalse();
        assertThat(rotate(token, newToken(), NOW)).isEqualTo(new Rotation.Refused());
        assertThat(store.redeemCode(code.hash(), NOW)).isEqualTo(new CodeRedemption.Refused());
    }

    @Test
    @DisplayName("GRANT-4: an unknown or expired code is refused and revokes nothing")
    void grant4() {
        AuthorizationCode other = redeemed(anna, NOW);
        AuthorizationCode expired = saved(anna, NOW);
        AuthorizationCode lastMoment = saved(anna, NOW);

        assertThat(store.redeemCode(SecretHash.of("unknown"), NOW)).isEqualTo(new CodeRedemption.Refused());
        assertThat(store.redeemCode(expired.hash(), NOW.plusSeconds(60))).isEqualTo(new CodeRedemption.Refused());
        assertThat(store.redeemCode(lastMoment.hash(), NOW.plusSeconds(59)))
                .isEqualTo(new CodeRedemption.Redeemed(lastMoment));
        assertThat(store.isLive(other.grant().id())).isTrue();
    }

    @Test
    @DisplayName("GRANT-5: a refresh token can be added only to a live grant")
    void grant5() {
        Grant grant = redeemed(anna, NOW).grant();
        store.revoke(anna, grant.id());
        RefreshToken token = newToken();

        assertThat(store.addRefreshToken(grant.id(), token)).isFalse();
        assertThat(store.addRefreshToken(UUID.randomUUID(), token)).isFalse();
        assertThat(rotate(token, newToken(), NOW)).isEqualTo(new Rotation.Refused());
    }

    @Test
    @DisplayName("GRANT-6: a rotated token's replacement can be rotated in turn")
    void grant6() {
        Grant grant = redeemed(anna, NOW).grant();
        RefreshToken token = added(grant);
        for (int i = 1; i <= 3; i++) {
            RefreshToken replacement = newToken();
            assertThat(rotate(token, replacement, NOW.plusSeconds(900L * i))).isEqualTo(new Rotation.Rotated(grant));
            token = replacement;
        }
    }

    @Test
    @DisplayName("GRANT-7: a token presented again is rotated within the grace of its first use, and revokes later")
    void grant7() {
        Grant grant = redeemed(anna, NOW).grant();
        RefreshToken token = added(grant);
        RefreshToken again = newToken();
        assertThat(rotate(token, newToken(), NOW)).isInstanceOf(Rotation.Rotated.class);
        assertThat(rotate(token, newToken(), NOW.plusSeconds(30))).isInstanceOf(Rotation.Rotated.class);
        assertThat(rotate(token, again, NOW.plusSeconds(59))).isEqualTo(new Rotation.Rotated(grant));

        assertThat(rotate(token, newToken(), NOW.plusSeconds(60))).isEqualTo(new Rotation.Reused(grant.id()));
        assertThat(store.isLive(grant.id())).isFalse();
        assertThat(rotate(again, newToken(), NOW.plusSeconds(60))).isEqualTo(new Rotation.Refused());
        assertThat(rotate(token, newToken(), NOW.plusSeconds(60))).isEqualTo(new Rotation.Refused());
    }

    @Test
    @DisplayName("GRANT-7: the grace holds for many at once, and each replacement counts")
    void grant7AtOnce() {
        Grant grant = redeemed(anna, NOW).grant();
        RefreshToken token = added(grant);

        List<Rotation> rotations = AtOnce.run(8, i -> rotate(token, tokenOf("replacement " + grant.id() + i), NOW));

        assertThat(rotations).containsOnly(new Rotation.Rotated(grant));
        for (int i = 0; i < 8; i++) {
            assertThat(rotate(tokenOf("replacement " + grant.id() + i), newToken(), NOW.plusSeconds(120)))
                    .isEqualTo(new Rotation.Rotated(grant));
        }
    }

    @Test
    @DisplayName("GRANT-8: an unknown or expired token, or one of another client, is refused and changes nothing")
    void grant8() {
        Grant grant = redeemed(anna, NOW).grant();
        RefreshToken token = added(grant);
        RefreshToken replacement = newToken();

        assertThat(rotate(newToken(), replacement, NOW)).isEqualTo(new Rotation.Refused());
        assertThat(rotate(token, replacement, LATER)).isEqualTo(new Rotation.Refused());
        assertThat(store.rotate(token.hash(), "another-client", replacement, NOW, GRACE))
                .isEqualTo(new Rotation.Refused());
        assertThat(rotate(replacement, newToken(), NOW)).isEqualTo(new Rotation.Refused());
        assertThat(store.isLive(grant.id())).isTrue();
        assertThat(rotate(token, newToken(), LATER.minusSeconds(1))).isEqualTo(new Rotation.Rotated(grant));
    }

    @Test
    @DisplayName("GRANT-9: a grant is revoked only for its owner, and everything of it is refused then")
    void grant9() {
        AuthorizationCode unspent = saved(anna, NOW);
        Grant grant = redeemed(anna, NOW).grant();
        RefreshToken token = added(grant);

        assertThat(store.revoke(ben, grant.id())).isFalse();
        assertThat(store.revoke(anna, UUID.randomUUID())).isFalse();
        assertThat(store.isLive(grant.id())).isTrue();
        assertThat(store.revoke(anna, grant.id())).isTrue();
        assertThat(store.revoke(anna, unspent.grant().id())).isTrue();
        assertThat(store.revoke(anna, grant.id())).isFalse();
        assertThat(store.isLive(grant.id())).isFalse();
        assertThat(store.isLive(UUID.randomUUID())).isFalse();
        assertThat(store.redeemCode(unspent.hash(), NOW)).isEqualTo(new CodeRedemption.Refused());
        assertThat(rotate(token, newToken(), NOW)).isEqualTo(new Rotation.Refused());
    }

    @Test
    @DisplayName("GRANT-10: the list has the account's own live and redeemed grants, oldest first")
    void grant10() {
        Grant second = redeemed(anna, NOW.plusSeconds(2)).grant();
        Grant first = redeemed(anna, NOW.plusSeconds(1)).grant();
        Grant revoked = redeemed(anna, NOW).grant();
        store.revoke(anna, revoked.id());
        saved(anna, NOW);
        redeemed(ben, NOW);

        assertThat(store.list(anna)).containsExactly(first, second);
        assertThat(store.list(newAccount())).isEmpty();
    }

    @Test
    @DisplayName("GRANT-11: a refresh token leads to its live grant, also after it was rotated or has expired")
    void grant11() {
        Grant grant = redeemed(anna, NOW).grant();
        redeemed(anna, NOW);
        RefreshToken token = added(grant);
        RefreshToken replacement = newToken();
        rotate(token, replacement, NOW);
        RefreshToken expired = new RefreshToken(newToken().hash(), NOW.minusSeconds(1));
        store.addRefreshToken(grant.id(), expired);

        for (RefreshToken one : List.of(token, replacement, expired)) {
            assertThat(store.grantOf(one.hash())).contains(grant);
        }
        assertThat(store.grantOf(newToken().hash())).isEmpty();
        store.revoke(anna, grant.id());
        assertThat(store.grantOf(replacement.hash())).isEmpty();
    }

    private AuthorizationCode redeemed(UUID account, Instant created) {
        AuthorizationCode code = saved(account, created);
        assertThat(store.redeemCode(code.hash(), created)).isInstanceOf(CodeRedemption.Redeemed.class);
        return code;
    }

    private AuthorizationCode saved(UUID account, Instant created) {
        Grant grant = new Grant(
                UUID.randomUUID(), account, CLIENT, "wss://mcp.example.org/ws", "bridge", "Chrome on Linux", created);
        AuthorizationCode code = new AuthorizationCode(
                SecretHash.of(UUID.randomUUID().toString()),
                grant,
                "https://client.example/",
                "a-challenge",
                created.plusSeconds(60));
        store.saveCode(code);
        return code;
    }

    private RefreshToken added(Grant grant) {
        RefreshToken token = newToken();
        assertThat(store.addRefreshToken(grant.id(), token)).isTrue();
        return token;
    }

    private Rotation rotate(RefreshToken token, RefreshToken replacement, Instant now) {
        return store.rotate(token.hash(), CLIENT, replacement, now, GRACE);
    }

    private static RefreshToken newToken() {
        return tokenOf(UUID.randomUUID().toString());
    }

    private static RefreshToken tokenOf(String secret) {
        return new RefreshToken(SecretHash.of(secret), LATER);
    }
}
