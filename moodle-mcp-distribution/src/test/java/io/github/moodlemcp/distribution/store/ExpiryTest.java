package io.github.moodlemcp.distribution.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.bridge.CommandId;
import io.github.moodlemcp.distribution.database.TestDatabase;
import io.github.moodlemcp.portal.spi.AccountLookup;
import io.github.moodlemcp.portal.spi.AuthorizationCode;
import io.github.moodlemcp.portal.spi.Grant;
import io.github.moodlemcp.portal.spi.Identity;
import io.github.moodlemcp.portal.spi.OAuthClient;
import io.github.moodlemcp.portal.spi.OneTimeLink;
import io.github.moodlemcp.portal.spi.RefreshToken;
import io.github.moodlemcp.portal.spi.SecretHash;
import io.github.moodlemcp.portal.spi.WebSession;
import io.github.moodlemcp.server.spi.WriteRecords.Name;
import io.github.moodlemcp.server.spi.WriteRecords.State;
import io.github.moodlemcp.server.spi.WriteRecords.WriteRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
final class ExpiryTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private DSLContext database;
    private Stores stores;
    private Expiry expiry;
    private UUID anna;

    @BeforeEach
    void open(DataSource source) {
        database = DSL.using(source, SQLDialect.POSTGRES);
        stores = Stores.on(source, Clock.systemUTC());
        expiry = new Expiry(database);
        AccountLookup lookup =
                stores.accounts().findOrCreate(Identity.local("anna@example.org"), "anna@example.org", "Anna", NOW);
        anna = ((AccountLookup.Created) lookup).account().id();
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void webSessionsAndLinksGoWhenTheyExpireAndNotBefore() {
        stores.webSessions().create(new WebSession(SecretHash.of("a"), anna, "A browser", NOW, NOW, NOW.plus(DAY)));
        stores.oneTimeLinks().save(new OneTimeLink(SecretHash.of("b"), anna, NOW.plus(DAY)));
        expiry.delete(NOW.plus(DAY).minusMillis(1));
        assertThat(count("web_sessions") + count("one_time_links")).isEqualTo(2);
        expiry.delete(NOW.plus(DAY));
        assertThat(count("web_sessions") + count("one_time_links")).isZero();
    }

    @Test
    void aCodeThatWasNeverRedeemedGoesWithItsGrant() {
        save("code", NOW.plusSeconds(60));
        expiry.delete(NOW.plusSeconds(60).plus(DAY).minusMillis(1));
        assertThat(count("grants")).isEqualTo(1);
        expiry.delete(NOW.plusSeconds(60).plus(DAY));
        assertThat(count("grants") + count("authorization_codes")).isZero();
    }

    @Test
    void aGrantStaysAsLongAsOneOfItsTokensIsGood() {
        UUID grant = save("code", NOW.plusSeconds(60));
        stores.authorizations().redeemCode(SecretHash.of("code"), NOW);
        stores.authorizations()
                .addRefreshToken(grant, new RefreshToken(SecretHash.of("t"), NOW.plus(DAY.multipliedBy(30))));
        expiry.delete(NOW.plus(DAY.multipliedBy(31)).minusMillis(1));
        assertThat(stores.authorizations().isLive(grant)).isTrue();
        expiry.delete(NOW.plus(DAY.multipliedBy(31)));
        assertThat(stores.authorizations().isLive(grant)).isFalse();
        assertThat(count("refresh_tokens")).isZero();
    }

    @Test
    void aRevokedGrantGoesAfterADay() {
        UUID grant = save("code", Instant.now().plus(DAY.multipliedBy(30)));
        stores.authorizations().revoke(anna, grant);
        expiry.delete(Instant.now().plus(Duration.ofHours(23)));
        assertThat(count("grants")).isEqualTo(1);
        expiry.delete(Instant.now().plus(Duration.ofHours(25)));
        assertThat(count("grants")).isZero();
    }

    @Test
    void anAppGoesAWeekAfterItRegisteredUnlessSomeoneAllowsItSomething() {
        stores.clients().register(new OAuthClient("client", "Used", List.of("https://a.example/"), NOW));
        stores.clients().register(new OAuthClient("unused", "Unused", List.of("https://a.example/"), NOW));
        save("code", NOW.plus(DAY.multipliedBy(9)));
        expiry.delete(NOW.plus(DAY.multipliedBy(7)).minusMillis(1));
        assertThat(stores.clients().find("client")).isPresent();
        assertThat(stores.clients().find("unused")).isPresent();
        expiry.delete(NOW.plus(DAY.multipliedBy(7)));
        assertThat(stores.clients().find("client")).isPresent();
        assertThat(stores.clients().find("unused")).isEmpty();
        expiry.delete(NOW.plus(DAY.multipliedBy(10)));
        assertThat(stores.clients().find("client")).isEmpty();
    }

    @Test
    void theRecordOfAConnectionGoes30DaysAfterItsLastSignOfLife() {
        UUID connection = UUID.randomUUID();
        stores.browserSessions()
                .connected(new BrowserSession(connection, anna, null, "browser", "Chromium", "0.1.0", null, null, NOW));
        stores.browserSessions().pinged(connection, NOW.plus(DAY));
        stores.writeTimes();
        expiry.delete(NOW.plus(DAY.multipliedBy(31)).minusMillis(1));
        assertThat(count("browser_sessions")).isEqualTo(1);
        expiry.delete(NOW.plus(DAY.multipliedBy(31)));
        assertThat(count("browser_sessions")).isZero();
    }

    @Test
    void theRecordOfAWriteGoesADayAfterItWasBegun() {
        stores.writeRecords()
                .begin(new WriteRecord(
                        new Name(new AccountId(anna.toString()), "write_note", "0".repeat(64)),
                        "1".repeat(64),
                        "browser",
                        new CommandId("2".repeat(32)),
                        State.RUNNING,
                        NOW));
        expiry.delete(NOW.plus(DAY).minusMillis(1));
        assertThat(count("write_records")).isEqualTo(1);
        expiry.delete(NOW.plus(DAY));
        assertThat(count("write_records")).isZero();
    }

    private UUID save(String code, Instant expires) {
        UUID grant = UUID.randomUUID();
        stores.authorizations()
                .saveCode(new AuthorizationCode(
                        SecretHash.of(code),
                        new Grant(grant, anna, "client", "resource", "bridge", "Chromium", NOW),
                        "https://example.org/back",
                        "challenge",
                        expires));
        return grant;
    }

    private int count(String table) {
        return database.fetchCount(DSL.table(DSL.name(table)));
    }
}
