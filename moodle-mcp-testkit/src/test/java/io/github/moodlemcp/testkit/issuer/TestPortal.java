package io.github.moodlemcp.testkit.issuer;

import io.github.moodlemcp.portal.Portal;
import io.github.moodlemcp.portal.PortalOptions;
import io.github.moodlemcp.portal.PortalStores;
import io.github.moodlemcp.portal.credential.PurposeKeys;
import io.github.moodlemcp.portal.memory.InMemoryAccountStore;
import io.github.moodlemcp.portal.memory.InMemoryApiKeyStore;
import io.github.moodlemcp.portal.memory.InMemoryAuthorizationStore;
import io.github.moodlemcp.portal.memory.InMemoryBrowserDirectory;
import io.github.moodlemcp.portal.memory.InMemoryOAuthClientStore;
import io.github.moodlemcp.portal.memory.InMemoryOneTimeLinkStore;
import io.github.moodlemcp.portal.memory.InMemorySignInStateStore;
import io.github.moodlemcp.portal.memory.InMemoryWebSessionStore;
import io.github.moodlemcp.portal.provider.IdentityProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;

/** A portal with stores in memory and a clock that can be put forward, at which people sign in by providers. */
final class TestPortal implements AutoCloseable {
    private final ForwardClock clock = new ForwardClock();
    private final PortalStores stores = new PortalStores(
            new InMemoryAccountStore(),
            new InMemoryApiKeyStore(),
            new InMemoryWebSessionStore(),
            new InMemoryOneTimeLinkStore(),
            new InMemorySignInStateStore(),
            new InMemoryAuthorizationStore(),
            new InMemoryOAuthClientStore(),
            new InMemoryBrowserDirectory(),
            null,
            family -> Optional.empty());
    private final Portal portal;
    private final HttpServer server;
    private final URI base;

    private TestPortal(int port, UnaryOperator<PortalOptions.Builder> settings) {
        this.base = URI.create("http://localhost:" + port);
        PortalOptions options = settings.apply(
                        PortalOptions.builder(base, PurposeKeys.of("a secret for tests, which nobody uses elsewhere"))
                                .providerLimit(Duration.ofSeconds(20))
                                .clock(clock))
                .build();
        this.portal = new Portal(options, stores);
        ResourceConfig application = new ResourceConfig();
        portal.restComponents().forEach(application::register);
        this.server = GrizzlyHttpServerFactory.createHttpServer(URI.create("http://127.0.0.1:" + port), application);
    }

    static TestPortal with(UnaryOperator<PortalOptions.Builder> settings) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();
            socket.close();
            return new TestPortal(port, settings);
        }
    }

    static TestPortal with(IdentityProvider... providers) throws IOException {
        return with(settings -> settings.providers(List.of(providers)));
    }

    /** The issuer, as an operator sets it up. */
    static IdentityProvider provider(String key, String name, FakeIssuer issuer) {
        return IdentityProvider.openId(key, name, issuer.issuer(), issuer.clientId(), issuer.clientSecret());
    }

    URI base() {
        return base;
    }

    Portal portal() {
        return portal;
    }

    PortalStores stores() {
        return stores;
    }

    void forward(Duration duration) {
        clock.ahead = clock.ahead.plus(duration);
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    /** The system's clock, and how far it was put forward. */
    private static final class ForwardClock extends Clock {
        private final InstantSource source = InstantSource.system();
        private volatile Duration ahead = Duration.ZERO;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("Only the instant is asked for");
        }

        @Override
        public Instant instant() {
            return source.instant().plus(ahead);
        }
    }
}
