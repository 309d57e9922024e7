package io.github.moodlemcp.distribution.store;

import static io.github.moodlemcp.distribution.store.schema.Tables.BROWSER_SESSIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.distribution.database.TestDatabase;
import io.github.moodlemcp.distribution.store.schema.tables.records.BrowserSessionsRecord;
import io.github.moodlemcp.portal.spi.AccountLookup;
import io.github.moodlemcp.portal.spi.Identity;
import java.time.Clock;
import java.time.Instant;
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
final class BrowserSessionStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final UUID connection = UUID.randomUUID();
    private DSLContext database;
    private Stores stores;
    private BrowserSessionStore store;

    @BeforeEach
    void connect(DataSource source) {
        database = DSL.using(source, SQLDialect.POSTGRES);
        stores = Stores.on(source, Clock.systemUTC());
        store = stores.browserSessions();
        AccountLookup lookup =
                stores.accounts().findOrCreate(Identity.local("anna@example.org"), "anna@example.org", "Anna", NOW);
        UUID anna = ((AccountLookup.Created) lookup).account().id();
        store.connected(new BrowserSession(
                connection,
                anna,
                null,
                "b-1",
                "Chromium on Linux",
                "0.1.0",
                "Mozilla/5.0",
                "https://m.example.edu",
                NOW));
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void aConnectionIsRecordedWithItsTimes() {
        BrowserSessionsRecord row = row();
        assertThat(row.getName()).isEqualTo("Chromium on Linux");
        assertThat(row.getMoodleUrl()).isEqualTo("https://m.example.edu");
        assertThat(row.getConnectedAt()).isEqualTo(NOW);
        assertThat(row.getLastPingAt()).isEqualTo(NOW);
        assertThat(row.getDisconnectedAt()).isNull();
    }

    @Test
    void pingsAreWrittenTogetherAndNeverGoBack() {
        store.pinged(connection, NOW.plusSeconds(20));
        store.pinged(connection, NOW.plusSeconds(40));
        store.pinged(connection, NOW.plusSeconds(30));
        assertThat(row().getLastPingAt()).isEqualTo(NOW);
        store.writeTimes();
        assertThat(row().getLastPingAt()).isEqualTo(NOW.plusSeconds(40));
        store.pinged(connection, NOW.plusSeconds(35));
        store.writeTimes();
        assertThat(row().getLastPingAt()).isEqualTo(NOW.plusSeconds(40));
    }

    @Test
    void theFirstEndCounts() {
        store.disconnected(connection, NOW.plusSeconds(50), NOW.plusSeconds(60), "SILENT");
        store.disconnected(connection, NOW.plusSeconds(80), NOW.plusSeconds(90), null);
        assertThat(row().getDisconnectedAt()).isEqualTo(NOW.plusSeconds(60));
        assertThat(row().getLastPingAt()).isEqualTo(NOW.plusSeconds(50));
        assertThat(row().getEnded()).isEqualTo("SILENT");
    }

    @Test
    void whatWasNotedIsWrittenAtTheEnd() {
        store.pinged(connection, NOW.plusSeconds(50));
        stores.close();
        assertThat(row().getLastPingAt()).isEqualTo(NOW.plusSeconds(50));
    }

    private BrowserSessionsRecord row() {
        return database.selectFrom(BROWSER_SESSIONS)
                .where(BROWSER_SESSIONS.ID.eq(connection))
                .fetchSingle();
    }
}
