package io.github.moodlemcp.distribution.store;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.github.moodlemcp.portal.spi.AccountStore;
import io.github.moodlemcp.portal.spi.ApiKeyStore;
import io.github.moodlemcp.portal.spi.AuthorizationStore;
import io.github.moodlemcp.portal.spi.OAuthClientStore;
import io.github.moodlemcp.portal.spi.OneTimeLinkStore;
import io.github.moodlemcp.portal.spi.SignInStateStore;
import io.github.moodlemcp.portal.spi.WebSessionStore;
import io.github.moodlemcp.server.spi.WriteRecords;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All stores on one database, with the background work they need: recent times are written once a minute, what has
 * expired is deleted once an hour. Safe for use by many threads. Closing writes what is still to be written.
 */
public final class Stores implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Stores.class);
    private static final int WRITE_SECONDS = 60;
    private static final int EXPIRY_SECONDS = 3600;

    private final AccountStore accounts;
    private final JooqApiKeyStore apiKeys;
    private final WebSessionStore webSessions;
    private final OneTimeLinkStore oneTimeLinks;
    private final SignInStateStore signInStates;
    private final AuthorizationStore authorizations;
    private final OAuthClientStore clients;
    private final BrowserSessionStore browserSessions;
    private final PairedBrowserStore pairedBrowsers;
    private final WriteRecords writeRecords;
    private final AccountArchive accountArchive;
    private final Expiry expiry;
    private final ScheduledExecutorService background;

    private Stores(DSLContext database, Clock clock, ScheduledExecutorService background) {
        this.accounts = new JooqAccountStore(database);
        this.apiKeys = new JooqApiKeyStore(database);
        this.webSessions = new JooqWebSessionStore(database);
        this.oneTimeLinks = new JooqOneTimeLinkStore(database);
        this.signInStates = new JooqSignInStateStore(database);
        this.authorizations = new JooqAuthorizationStore(database);
        this.clients = new JooqOAuthClientStore(database);
        this.browserSessions = new BrowserSessionStore(database);
        this.pairedBrowsers = new PairedBrowserStore(database);
        this.writeRecords = new JooqWriteRecords(database, clock);
        this.accountArchive = new AccountArchive(database);
        this.expiry = new Expiry(database);
        this.background = background;
    }

    /** The stores on a database that has the current schema. */
    public static Stores on(DataSource dataSource, Clock clock) {
        ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("store-background").factory());
        Stores stores = new Stores(DSL.using(dataSource, SQLDialect.POSTGRES), clock, background);
        background.scheduleWithFixedDelay(stores::writeTimes, WRITE_SECONDS, WRITE_SECONDS, SECONDS);
        background.scheduleWithFixedDelay(() -> stores.deleteExpired(clock), 30, EXPIRY_SECONDS, SECONDS);
        return stores;
    }

    public AccountStore accounts() {
        return accounts;
    }

    public ApiKeyStore apiKeys() {
        return apiKeys;
    }

    public WebSessionStore webSessions() {
        return webSessions;
    }

    public OneTimeLinkStore oneTimeLinks() {
        return oneTimeLinks;
    }

    public SignInStateStore signInStates() {
        return signInStates;
    }

    public AuthorizationStore authorizations() {
        return authorizations;
    }

    public OAuthClientStore clients() {
        return clients;
    }

    public BrowserSessionStore browserSessions() {
        return browserSessions;
    }

    public PairedBrowserStore pairedBrowsers() {
        return pairedBrowsers;
    }

    public AccountArchive accountArchive() {
        return accountArchive;
    }

    public WriteRecords writeRecords() {
        return writeRecords;
    }

    @Override
    public void close() {
        background.shutdownNow();
        try {
            if (!background.awaitTermination(5, SECONDS)) {
                LOGGER.warn("event=background_work_goes_on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writeTimes();
    }

    void writeTimes() {
        attempt("write_times", apiKeys::writeTimes);
        attempt("write_times", browserSessions::writeTimes);
    }

    private void deleteExpired(Clock clock) {
        attempt("delete_expired", () -> expiry.delete(clock.instant()));
    }

    private static void attempt(String event, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOGGER.warn("event={} outcome=failed, tried again later", event, e);
        }
    }
}
