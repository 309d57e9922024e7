package io.github.moodlemcp.testkit.portal;

import io.github.moodlemcp.portal.memory.InMemoryAccountStore;
import io.github.moodlemcp.portal.memory.InMemoryApiKeyStore;
import io.github.moodlemcp.portal.memory.InMemoryAuthorizationStore;
import io.github.moodlemcp.portal.memory.InMemoryOAuthClientStore;
import io.github.moodlemcp.portal.memory.InMemoryOneTimeLinkStore;
import io.github.moodlemcp.portal.memory.InMemorySignInStateStore;
import io.github.moodlemcp.portal.memory.InMemoryWebSessionStore;
import io.github.moodlemcp.portal.spi.AccountStore;
import io.github.moodlemcp.portal.spi.ApiKeyStore;
import io.github.moodlemcp.portal.spi.AuthorizationStore;
import io.github.moodlemcp.portal.spi.OAuthClientStore;
import io.github.moodlemcp.portal.spi.OneTimeLinkStore;
import io.github.moodlemcp.portal.spi.SignInStateStore;
import io.github.moodlemcp.portal.spi.WebSessionStore;
import java.util.UUID;
import org.junit.jupiter.api.Nested;

/** The stores in memory follow the rules. */
class InMemoryStoresTest {
    @Nested
    class Accounts extends AccountStoreContract {
        @Override
        protected AccountStore newStore() {
            return new InMemoryAccountStore();
        }
    }

    @Nested
    class ApiKeys extends ApiKeyStoreContract {
        @Override
        protected ApiKeyStore newStore() {
            return new InMemoryApiKeyStore();
        }

        @Override
        protected UUID newAccount() {
            return UUID.randomUUID();
        }
    }

    @Nested
    class WebSessions extends WebSessionStoreContract {
        @Override
        protected WebSessionStore newStore() {
            return new InMemoryWebSessionStore();
        }

        @Override
        protected UUID newAccount() {
            return UUID.randomUUID();
        }
    }

    @Nested
    class OneTimeLinks extends OneTimeLinkStoreContract {
        @Override
        protected OneTimeLinkStore newStore() {
            return new InMemoryOneTimeLinkStore();
        }

        @Override
        protected UUID newAccount() {
            return UUID.randomUUID();
        }
    }

    @Nested
    class SignInStates extends SignInStateStoreContract {
        @Override
        protected SignInStateStore newStore() {
            return new InMemorySignInStateStore();
        }
    }

    @Nested
    class Authorizations extends AuthorizationStoreContract {
        @Override
        protected AuthorizationStore newStore() {
            return new InMemoryAuthorizationStore();
        }

        @Override
        protected UUID newAccount() {
            return UUID.randomUUID();
        }
    }

    @Nested
    class OAuthClients extends OAuthClientStoreContract {
        @Override
        protected OAuthClientStore newStore() {
            return new InMemoryOAuthClientStore();
        }
    }
}
