package io.github.moodlemcp.distribution.store;

import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.distribution.database.TestDatabase;
import io.github.moodlemcp.portal.spi.Account;
import io.github.moodlemcp.portal.spi.AccountLookup;
import io.github.moodlemcp.portal.spi.AccountStore;
import io.github.moodlemcp.portal.spi.ApiKeyStore;
import io.github.moodlemcp.portal.spi.AuthorizationStore;
import io.github.moodlemcp.portal.spi.Identity;
import io.github.moodlemcp.portal.spi.OAuthClientStore;
import io.github.moodlemcp.portal.spi.OneTimeLinkStore;
import io.github.moodlemcp.portal.spi.SignInStateStore;
import io.github.moodlemcp.portal.spi.WebSessionStore;
import io.github.moodlemcp.server.spi.WriteRecords;
import io.github.moodlemcp.testkit.mcp.WriteRecordsContract;
import io.github.moodlemcp.testkit.portal.AccountStoreContract;
import io.github.moodlemcp.testkit.portal.ApiKeyStoreContract;
import io.github.moodlemcp.testkit.portal.AuthorizationStoreContract;
import io.github.moodlemcp.testkit.portal.OAuthClientStoreContract;
import io.github.moodlemcp.testkit.portal.OneTimeLinkStoreContract;
import io.github.moodlemcp.testkit.portal.SignInStateStoreContract;
import io.github.moodlemcp.testkit.portal.WebSessionStoreContract;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import javax.sql.DataSource;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** The portal's contract kits, run against the stores on PostgreSQL. */
@ExtendWith(TestDatabase.class)
final class StoreContractTest {
    private DataSource source;
    private Stores stores;

    @BeforeEach
    void openStores(DataSource database) {
        source = database;
        stores = Stores.on(database, Clock.systemUTC());
    }

    @AfterEach
    void closeStores() {
        stores.close();
    }

    @Nested
    class Accounts extends AccountStoreContract {
        @Override
        protected AccountStore newStore() {
            return stores.accounts();
        }
    }

    @Nested
    class ApiKeys extends ApiKeyStoreContract {
        @Override
        protected ApiKeyStore newStore() {
            return stores.apiKeys();
        }

        @Override
        protected UUID newAccount() {
            return StoreContractTest.this.newAccount();
        }

        @Override
        protected void settle() {
            stores.writeTimes();
        }
    }

    @Nested
    class Authorizations extends AuthorizationStoreContract {
        @Override
        protected AuthorizationStore newStore() {
            return stores.authorizations();
        }

        @Override
        protected UUID newAccount() {
            return StoreContractTest.this.newAccount();
        }
    }

    @Nested
    class OAuthClients extends OAuthClientStoreContract {
        @Override
        protected OAuthClientStore newStore() {
            return stores.clients();
        }
    }

    @Nested
    class OneTimeLinks extends OneTimeLinkStoreContract {
        @Override
        protected OneTimeLinkStore newStore() {
            return stores.oneTimeLinks();
        }

        @Override
        protected UUID newAccount() {
            return StoreContractTest.this.newAccount();
        }
    }

    @Nested
    class SignInStates extends SignInStateStoreContract {
        @Override
        protected SignInStateStore newStore() {
            return stores.signInStates();
        }
    }

    @Nested
    class WebSessions extends WebSessionStoreContract {
        @Override
        protected WebSessionStore newStore() {
            return stores.webSessions();
        }

        @Override
        protected UUID newAccount() {
            return StoreContractTest.this.newAccount();
        }
    }

    /** Two nodes on one database. */
    @Nested
    class Writes extends WriteRecordsContract {
        private InstantSource clock;

        @Override
        protected WriteRecords newStore(InstantSource given) {
            clock = given;
            return new JooqWriteRecords(DSL.using(source, SQLDialect.POSTGRES), clock);
        }

        @Override
        protected WriteRecords onAnotherNode(WriteRecords of) {
            return new JooqWriteRecords(DSL.using(source, SQLDialect.POSTGRES), clock);
        }

        @Override
        protected AccountId newAccount() {
            return new AccountId(StoreContractTest.this.newAccount().toString());
        }
    }

    private UUID newAccount() {
        String email = UUID.randomUUID() + "@example.org";
        AccountLookup lookup = stores.accounts()
                .findOrCreate(Identity.local(email), email, "Anna", Instant.parse("2026-11-22T10:00:00Z"));
        return switch (lookup) {
            case AccountLookup.Created(Account account) -> account.id();
            case AccountLookup.Found(Account account) -> account.id();
            case AccountLookup.EmailTaken() -> throw new IllegalStateException("a random address is taken");
        };
    }
}
