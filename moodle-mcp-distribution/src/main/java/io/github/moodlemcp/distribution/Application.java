package io.github.moodlemcp.distribution;

import io.github.moodlemcp.bridge.CommandRouter;
import io.github.moodlemcp.bridge.InProcessCommandRouter;
import io.github.moodlemcp.distribution.account.Credentials;
import io.github.moodlemcp.distribution.config.Config;
import io.github.moodlemcp.distribution.config.Config.AuthSecret;
import io.github.moodlemcp.distribution.store.Stores;
import io.github.moodlemcp.distribution.web.ClientAddresses;
import io.github.moodlemcp.distribution.web.GrizzlyCallers;
import io.github.moodlemcp.distribution.web.GrizzlyDepartures;
import io.github.moodlemcp.distribution.web.WebServer;
import io.github.moodlemcp.portal.Portal;
import io.github.moodlemcp.portal.PortalOptions;
import io.github.moodlemcp.portal.PortalStores;
import io.github.moodlemcp.portal.credential.PurposeKeys;
import io.github.moodlemcp.server.MoodleMcpServer;
import io.github.moodlemcp.server.ServerOptions;
import io.github.moodlemcp.server.spi.InMemoryRateLimiter;
import java.io.IOException;
import java.nio.file.Path;
import java.security.Key;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The running service: portal, MCP server and listener, wired to the stores. Safe for use by many threads. */
public final class Application implements AutoCloseable {
    private static final String MCP_PURPOSE = "mcp";
    private static final Duration LIMITED_TIME = Duration.ofSeconds(60);
    private static final Duration DRAIN = Duration.ofSeconds(2);

    private final MoodleMcpServer server;
    private final BrowserSessionLog sessionLog;
    private final RevocationWatch revocationWatch;
    private final WebServer web;

    private Application(
            MoodleMcpServer server, BrowserSessionLog sessionLog, RevocationWatch revocationWatch, WebServer web) {
        this.server = server;
        this.sessionLog = sessionLog;
        this.revocationWatch = revocationWatch;
        this.web = web;
    }

    /**
     * Starts to serve.
     *
     * @param config with an {@code AuthSecret.Given}
     * @param extensions the folder with the packages of the extension; it need not exist
     * @throws IOException when the address cannot be listened on
     */
    public static Application start(Config config, Stores stores, Path extensions, Clock clock) throws IOException {
        PurposeKeys keys = keys(config);
        CommandRouter router = new InProcessCommandRouter();
        ServerOptions options = options(config, keys);
        ClientAddresses addresses = new ClientAddresses(config.edge().trustedProxies());
        GrizzlyCallers callers = new GrizzlyCallers(addresses);
        Failures failures = new Failures(config.edge().failuresPerMinute(), clock);
        PairedBrowsers browsers = new PairedBrowsers(router, stores.pairedBrowsers(), options);
        Portal portal = new Portal(
                PortalOptions.builder(config.publicUrls().base(), keys)
                        .webSocketUrl(config.publicUrls().webSocket())
                        .chromiumIds(config.extensionIds())
                        .keyLimit(Credentials.LIVE_KEYS)
                        .linkLifetime(Credentials.LINK_LIFETIME)
                        .providers(config.signIn().providers())
                        .allowedEmails(config.signIn().allowedEmails())
                        .callers(callers)
                        .failures(failures::count)
                        .clock(clock)
                        .build(),
                new PortalStores(
                        stores.accounts(),
                        stores.apiKeys(),
                        stores.webSessions(),
                        stores.oneTimeLinks(),
                        stores.signInStates(),
                        stores.authorizations(),
                        stores.clients(),
                        browsers,
                        new PersonalData(stores.accountArchive(), browsers, clock),
                        new PackagedExtensions(extensions)));

        BrowserSessionLog sessionLog = new BrowserSessionLog(stores.browserSessions(), clock);
        MoodleMcpServer.Builder builder = MoodleMcpServer.builder(options)
                .callerTokens(
                        Verifiers.ofCallers(portal.apiKeys(), portal.accessTokens(), stores.authorizations()::isLive))
                .extensionTokens(Verifiers.ofBridgeTokens(portal.bridgeTokens()))
                .router(router)
                .writeRecords(stores.writeRecords())
                .auditLog(new CallLog())
                .connectionLog(sessionLog)
                .knownBrowsers(browsers)
                .clientDepartures(new GrizzlyDepartures())
                .remoteAddress(addresses)
                .failureLimit(failures::count, callers::of);
        if (config.requestsPerMinute() > 0) {
            builder.rateLimiter(new InMemoryRateLimiter(config.requestsPerMinute(), LIMITED_TIME));
        }
        MoodleMcpServer server = builder.build();

        Set<Object> restComponents = new LinkedHashSet<>(server.restComponents());
        restComponents.addAll(portal.restComponents());
        try {
            WebServer web = WebServer.start(
                    config.listener().address().getHostAddress(),
                    config.listener().port(),
                    restComponents,
                    server.endpoint(),
                    options.maxFrameBytes(),
                    server::unseenFrame);
            RevocationWatch watch = new RevocationWatch(stores.pairedBrowsers(), sessionLog, router);
            return new Application(server, sessionLog, watch, web);
        } catch (IOException e) {
            server.close();
            sessionLog.close();
            throw e;
        }
    }

    private static ServerOptions options(Config config, PurposeKeys keys) {
        Config.Edge edge = config.edge();
        ServerOptions.Builder options = ServerOptions.builder(
                        config.publicUrls().base())
                .extensionIds(config.extensionIds())
                .signingSecrets(signingSecrets(keys))
                .authorizationServers(List.of(config.publicUrls().base()))
                .maxStrangers(edge.maxNewConnections())
                .maxStrangersPerAddress(edge.maxNewConnectionsPerAddress())
                .maxBytesInFlightPerAccount(edge.maxBytesInFlightPerAccount());
        edge.maxBytesInFlight().ifPresent(options::maxBytesInFlight);
        return options.build();
    }

    private static PurposeKeys keys(Config config) {
        String[] previous =
                config.previousSecret().map(AuthSecret.Given::value).stream().toArray(String[]::new);
        return switch (config.authSecret()) {
            case AuthSecret.Given(var value) -> PurposeKeys.of(value, previous);
            case AuthSecret.KeptInDataFolder() ->
                throw new IllegalArgumentException("The secret of the data folder must be read before the start");
        };
    }

    /** What signs the session ids and request states of MCP clients, so that they outlive a restart. */
    private static List<byte[]> signingSecrets(PurposeKeys keys) {
        return keys.accepted(MCP_PURPOSE).stream().map(Key::getEncoded).toList();
    }

    /** The port it listens on. */
    public int port() {
        return web.port();
    }

    /** Each method and path that a REST resource answers, such as {@code POST /keys/{id}/revoke}. */
    public Set<String> routes() {
        return web.routes();
    }

    /** Tells the extensions that the service restarts, lets requests in progress end, and stops listening. */
    @Override
    public void close() {
        server.drain(DRAIN);
        server.close();
        web.close();
        revocationWatch.close();
        sessionLog.close();
    }
}
