package io.github.moodlemcp.distribution.service;

import io.github.moodlemcp.distribution.Application;
import io.github.moodlemcp.distribution.account.Credentials;
import io.github.moodlemcp.distribution.config.Config;
import io.github.moodlemcp.distribution.config.Config.AuthSecret;
import io.github.moodlemcp.distribution.config.Config.DatabaseConfig;
import io.github.moodlemcp.distribution.config.Config.Edge;
import io.github.moodlemcp.distribution.config.Config.Listener;
import io.github.moodlemcp.distribution.config.Config.PublicUrls;
import io.github.moodlemcp.distribution.config.Config.SignIn;
import io.github.moodlemcp.distribution.store.Stores;
import io.github.moodlemcp.portal.credential.IssuedKey;
import io.github.moodlemcp.portal.spi.Account;
import io.github.moodlemcp.portal.spi.KeyRights;
import io.github.moodlemcp.protocol.bridge.SiteState;
import io.github.moodlemcp.testkit.bridge.PairingVisit;
import io.github.moodlemcp.testkit.bridge.ScriptedExtension;
import io.github.moodlemcp.testkit.mcp.McpTestClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** A service on a free port, and the people who use it. */
final class RunningService implements AutoCloseable {
    static final String EXTENSION_ID = "abcdefghijklmnopabcdefghijklmnop";
    static final String ORIGIN = "chrome-extension://" + EXTENSION_ID;

    /** What its tokens are signed with, unless a test says otherwise. */
    static final String SECRET = "a secret of a test that is long enough to be one";

    private final DataSource dataSource;
    private final SignIn signIn;
    private final Stores stores;
    private final Credentials credentials;
    private final Application application;
    private final URI base;

    RunningService(DataSource dataSource) throws IOException {
        this(dataSource, SignIn.byLinks());
    }

    RunningService(DataSource dataSource, SignIn signIn) throws IOException {
        this(dataSource, signIn, 0);
    }

    /** @param requestsPerMinute of an account; 0 for no limit */
    RunningService(DataSource dataSource, int requestsPerMinute) throws IOException {
        this(dataSource, SignIn.byLinks(), requestsPerMinute);
    }

    private RunningService(DataSource dataSource, SignIn signIn, int requestsPerMinute) throws IOException {
        this(dataSource, signIn, requestsPerMinute, 0);
    }

    /** @param failuresPerMinute what may be wrong of one address; 0 for no limit */
    RunningService(DataSource dataSource, SignIn signIn, int requestsPerMinute, int failuresPerMinute)
            throws IOException {
        this(dataSource, signIn, requestsPerMinute, failuresPerMinute, freePort(), SECRET);
    }

    private RunningService(
            DataSource dataSource,
            SignIn signIn,
            int requestsPerMinute,
            int failuresPerMinute,
            int port,
            String secret,
            String... previous)
            throws IOException {
        this.dataSource = dataSource;
        this.signIn = signIn;
        Edge edge = new Edge(List.of(), 2000, 1000, OptionalLong.empty(), 16 << 20, failuresPerMinute);
        base = URI.create("http://localhost:" + port);
        PublicUrls urls = new PublicUrls(base, URI.create("ws://localhost:" + port + "/ws"));
        stores = Stores.on(dataSource, Clock.systemUTC());
        credentials = new Credentials(stores, urls, Clock.systemUTC());
        Config config = new Config(
                new Listener(InetAddress.getLoopbackAddress(), port),
                urls,
                Path.of("unused"),
                new DatabaseConfig.Embedded(),
                new AuthSecret.Given(secret),
                Stream.of(previous).map(AuthSecret.Given::new).findFirst(),
                Set.of(EXTENSION_ID),
                edge,
                signIn,
                requestsPerMinute);
        application = Application.start(config, stores, Path.of("target/no-extensions"), Clock.systemUTC());
    }

    /** The same service at the same address after a restart with this secret; without limits. */
    RunningService restarted(String secret, String... previous) throws IOException {
        close();
        return new RunningService(dataSource, signIn, 0, 0, base.getPort(), secret, previous);
    }

    URI base() {
        return base;
    }

    URI webSocket() {
        return URI.create("ws://localhost:" + base.getPort() + "/ws");
    }

    /** Each method and path that a REST resource answers. */
    Set<String> routes() {
        return application.routes();
    }

    /** A person with an account. */
    Person person(String email) {
        Account account = credentials.localAccounts().findOrCreate(email);
        return new Person(account);
    }

    /** A client that shows this token, or none when it is empty. */
    McpTestClient client(String token) {
        return client(token, "/mcp");
    }

    McpTestClient client(String token, String path) {
        return new McpTestClient(URI.create(base + path), token);
    }

    @Override
    public void close() {
        application.close();
        stores.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Someone with an account, keys and browsers. */
    final class Person {
        private final Account account;

        private Person(Account account) {
            this.account = account;
        }

        IssuedKey.Issued newKey() {
            return newKey(KeyRights.STANDARD);
        }

        IssuedKey.Issued newKey(KeyRights rights) {
            return (IssuedKey.Issued) credentials.apiKeys().create(account.id(), "test", rights, null);
        }

        void revoke(IssuedKey.Issued key) {
            credentials.apiKeys().revoke(account.id(), key.key().id());
        }

        /** Gives the key a new secret. */
        void renew(IssuedKey.Issued key) {
            credentials.apiKeys().rotate(account.id(), key.key().id());
        }

        McpTestClient client() {
            return RunningService.this.client(newKey().secret());
        }

        UUID id() {
            return account.id();
        }

        URI base() {
            return base;
        }

        /** A link that signs in once. */
        URI signInLink() {
            return credentials.oneTimeLinks().create(account.id());
        }

        /** Signed in to the portal. */
        PortalVisit portal() {
            return new PortalVisit(base, credentials.oneTimeLinks().create(account.id()));
        }

        /** Ends whatever the person allowed, as another node or the operator does. */
        void revokeAllGrants() {
            stores.authorizations()
                    .list(account.id())
                    .forEach(grant -> stores.authorizations().revoke(account.id(), grant.id()));
        }

        /** Signs in to the portal and pairs, as a person does. */
        String bridgeToken() {
            return new PairingVisit(base, webSocket(), EXTENSION_ID)
                    .pair(credentials.oneTimeLinks().create(account.id()));
        }

        /** Signs in to the portal and connects an app with these scopes. */
        AppVisit connectApp(String scope) {
            return new AppVisit(base, credentials.oneTimeLinks().create(account.id()), scope);
        }

        /** A connected browser that answers as the script says. */
        ScriptedExtension browser(String name, ScriptedExtension.Script script) {
            return browser(UUID.randomUUID().toString(), name, script);
        }

        ScriptedExtension browser(String id, String name, ScriptedExtension.Script script) {
            return ScriptedExtension.open(webSocket(), ORIGIN, bridgeToken(), script)
                    .introduce(
                            id,
                            name,
                            List.of(new SiteState(
                                    "moodle.example.edu", "https://moodle.example.edu", "signed_in", 6L, null)));
        }
    }
}
