package io.github.moodlemcp.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.bridge.BridgeConnection;
import io.github.moodlemcp.bridge.BridgeId;
import io.github.moodlemcp.bridge.CloseReason;
import io.github.moodlemcp.bridge.Command;
import io.github.moodlemcp.bridge.CommandId;
import io.github.moodlemcp.bridge.CommandOutcome;
import io.github.moodlemcp.bridge.CommandRouter;
import io.github.moodlemcp.bridge.ConnectedBrowser;
import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.bridge.InProcessCommandRouter;
import io.github.moodlemcp.bridge.ProgressListener;
import io.github.moodlemcp.distribution.database.TestDatabase;
import io.github.moodlemcp.distribution.store.BrowserSession;
import io.github.moodlemcp.distribution.store.Stores;
import io.github.moodlemcp.portal.spi.AccountLookup;
import io.github.moodlemcp.portal.spi.AuthorizationCode;
import io.github.moodlemcp.portal.spi.BrowserDirectory;
import io.github.moodlemcp.portal.spi.Grant;
import io.github.moodlemcp.portal.spi.Identity;
import io.github.moodlemcp.portal.spi.PairedBrowser;
import io.github.moodlemcp.portal.spi.SecretHash;
import io.github.moodlemcp.protocol.bridge.SiteState;
import io.github.moodlemcp.server.ServerOptions;
import io.github.moodlemcp.server.spi.KnownBrowser;
import io.github.moodlemcp.testkit.portal.BrowserDirectoryContract;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The directory over the router and PostgreSQL follows the rules. */
@ExtendWith(TestDatabase.class)
final class PairedBrowsersTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final CommandRouter router = new InProcessCommandRouter();
    private final Map<String, Live> live = new HashMap<>();
    private Stores stores;
    private PairedBrowsers browsers;

    /** A connection, its registration and its record. */
    private record Live(UUID session, UUID grant, CommandRouter.Registration registration) {}

    @BeforeEach
    void open(DataSource database) {
        stores = Stores.on(database, Clock.systemUTC());
        browsers = new PairedBrowsers(
                router,
                stores.pairedBrowsers(),
                ServerOptions.builder(URI.create("https://mcp.example.edu")).build());
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Nested
    class Rules extends BrowserDirectoryContract {
        @Override
        protected BrowserDirectory newDirectory() {
            return browsers;
        }

        @Override
        protected UUID newAccount() {
            return PairedBrowsersTest.this.newAccount();
        }

        @Override
        protected void connect(UUID account, String browserId, Instant since) {
            PairedBrowsersTest.this.connect(account, browserId, since);
        }

        @Override
        protected void disconnect(UUID account, String browserId, Instant lastSeen) {
            PairedBrowsersTest.this.disconnect(account, browserId, lastSeen, null);
        }

        @Override
        protected boolean isConnected(UUID account, String browserId) {
            return router.connected(new AccountId(account.toString())).toCompletableFuture().join().stream()
                    .anyMatch(browser -> browser.id().browser().equals(browserId));
        }
    }

    @Test
    void aBrowserWhoseGrantEndedIsNoLongerPaired() {
        UUID anna = newAccount();
        connect(anna, "b-1", NOW);
        UUID grant = live.get("b-1").grant();
        disconnect(anna, "b-1", NOW, null);

        assertThat(stores.pairedBrowsers().revokedWithin(Duration.ofMinutes(1))).isEmpty();
        stores.authorizations().revoke(anna, grant);
        assertThat(browsers.browsers(anna)).isEmpty();
        assertThat(stores.pairedBrowsers().revokedWithin(Duration.ofMinutes(1))).containsExactly(grant);
    }

    @Test
    void forgettingABrowserEndsEveryGrantItEverCameWith() {
        UUID anna = newAccount();
        connect(anna, "b-1", NOW);
        UUID first = live.get("b-1").grant();
        disconnect(anna, "b-1", NOW, null);
        connect(anna, "b-1", NOW.plusSeconds(60));
        UUID second = live.get("b-1").grant();

        assertThat(browsers.forget(anna, "b-1")).isTrue();

        assertThat(stores.authorizations().isLive(first)).isFalse();
        assertThat(stores.authorizations().isLive(second)).isFalse();
    }

    @Test
    void whyTheServiceEndedAConnectionIsRemembered() {
        UUID anna = newAccount();
        connect(anna, "b-1", NOW);
        disconnect(anna, "b-1", NOW.plusSeconds(5), CloseReason.SILENT.name());
        assertThat(browsers.browsers(anna))
                .singleElement()
                .extracting(PairedBrowser::presence)
                .isEqualTo(new PairedBrowser.Absent(NOW.plusSeconds(5), PairedBrowser.Reason.SILENT));
        assertThat(browsers.of(new AccountId(anna.toString())))
                .extracting(KnownBrowser::ended)
                .containsExactly(CloseReason.SILENT);

        connect(anna, "b-2", NOW);
        disconnect(anna, "b-2", NOW, "A_WORD_OF_ANOTHER_VERSION");
        assertThat(browsers.browsers(anna).get(1).presence()).isEqualTo(new PairedBrowser.Absent(NOW, null));
    }

    @Test
    void aBrowserThatIsRefusedAgainAndAgainHasOneRecordAndTheLatestTime() {
        UUID anna = newAccount();
        UUID grant = newGrant(anna);
        for (int i = 0; i < 3; i++) {
            stores.browserSessions().refused(session(anna, grant, "b-1", NOW.plusSeconds(i)), "VERSION_TOO_OLD");
        }

        assertThat(browsers.browsers(anna))
                .singleElement()
                .extracting(PairedBrowser::presence)
                .isEqualTo(new PairedBrowser.Absent(NOW.plusSeconds(2), PairedBrowser.Reason.TOO_OLD));

        connectUnder(grant, anna, "b-1", NOW.plusSeconds(10));
        disconnect(anna, "b-1", NOW.plusSeconds(20), null);
        assertThat(browsers.browsers(anna).getFirst().presence())
                .isEqualTo(new PairedBrowser.Absent(NOW.plusSeconds(20), null));
    }

    @Test
    void theDefaultThatCallsAskForFollowsWhatThePersonChose() {
        UUID anna = newAccount();
        AccountId account = new AccountId(anna.toString());
        connect(anna, "b-1", NOW);
        assertThat(browsers.defaultOf(account)).isEmpty();

        browsers.chooseDefault(anna, "b-1");
        assertThat(browsers.defaultOf(account)).contains("b-1");
        browsers.clearDefault(anna);
        assertThat(browsers.defaultOf(account)).isEmpty();
        browsers.chooseDefault(anna, "b-1");
        browsers.forget(anna, "b-1");
        assertThat(browsers.defaultOf(account)).isEmpty();
    }

    private UUID newAccount() {
        String email = UUID.randomUUID() + "@example.org";
        AccountLookup lookup = stores.accounts().findOrCreate(Identity.local(email), email, "Anna", NOW);
        return ((AccountLookup.Created) lookup).account().id();
    }

    private void connect(UUID account, String browserId, Instant since) {
        connectUnder(newGrant(account), account, browserId, since);
    }

    private void connectUnder(UUID grant, UUID account, String browserId, Instant since) {
        BrowserSession session = session(account, grant, browserId, since);
        stores.browserSessions().connected(session);
        BridgeId bridge = new BridgeId(new AccountId(account.toString()), browserId);
        SiteState site = new SiteState("moodle.example.edu", "https://moodle.example.edu", "signed_in", 6L, null);
        CommandRouter.Registration registration = router.register(new Connection(
                new ConnectedBrowser(bridge, "Browser " + browserId, "0.1.0", since, since, List.of(site), List.of())));
        live.put(browserId, new Live(session.id(), grant, registration));
    }

    private void disconnect(UUID account, String browserId, Instant lastSeen, @Nullable String reason) {
        Live connection = live.remove(browserId);
        connection.registration().close();
        stores.browserSessions().disconnected(connection.session(), lastSeen, Instant.now(), reason);
    }

    private static BrowserSession session(UUID account, UUID grant, String browserId, Instant since) {
        return new BrowserSession(
                UUID.randomUUID(), account, grant, browserId, "Browser " + browserId, "0.1.0", null, null, since);
    }

    private UUID newGrant(UUID account) {
        UUID grant = UUID.randomUUID();
        stores.authorizations()
                .saveCode(new AuthorizationCode(
                        SecretHash.of(grant.toString()),
                        new Grant(grant, account, "client", "resource", "bridge", "Chromium", NOW),
                        "https://example.org/back",
                        "challenge",
                        Instant.now().plusSeconds(60)));
        return grant;
    }

    /** A connection that only describes itself. */
    private record Connection(ConnectedBrowser browser) implements BridgeConnection {
        @Override
        public BridgeId bridge() {
            return browser.id();
        }

        @Override
        public ConnectedBrowser describe() {
            return browser;
        }

        @Override
        public CompletionStage<CommandOutcome> send(Command command, Deadline deadline, ProgressListener progress) {
            return CompletableFuture.completedFuture(new CommandOutcome.TimedOut(false));
        }

        @Override
        public void cancel(CommandId command) {}

        @Override
        public void close(CloseReason reason) {}
    }
}
