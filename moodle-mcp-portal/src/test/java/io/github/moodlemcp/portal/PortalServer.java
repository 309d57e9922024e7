package io.github.moodlemcp.portal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.moodlemcp.portal.credential.PurposeKeys;
import io.github.moodlemcp.portal.memory.InMemoryAccountStore;
import io.github.moodlemcp.portal.memory.InMemoryApiKeyStore;
import io.github.moodlemcp.portal.memory.InMemoryAuthorizationStore;
import io.github.moodlemcp.portal.memory.InMemoryBrowserDirectory;
import io.github.moodlemcp.portal.memory.InMemoryOAuthClientStore;
import io.github.moodlemcp.portal.memory.InMemoryOneTimeLinkStore;
import io.github.moodlemcp.portal.memory.InMemorySignInStateStore;
import io.github.moodlemcp.portal.memory.InMemoryWebSessionStore;
import io.github.moodlemcp.portal.spi.BrowserFamily;
import io.github.moodlemcp.portal.spi.ExtensionDownloads;
import io.github.moodlemcp.portal.spi.PairedBrowser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;

/** A portal with stores in memory, served by Jersey on the loopback address. */
final class PortalServer implements AutoCloseable {
    static final String SECRET = "a secret for tests, which nobody uses elsewhere";

    private final Portal portal;
    private final HttpServer server;
    private final URI base;
    private final URI local;
    private final InMemoryBrowserDirectory browsers = new InMemoryBrowserDirectory();
    private final PortalStores stores;
    private final ErasedAccounts data = new ErasedAccounts();

    private PortalServer(int port, URI base, UnaryOperator<PortalOptions.Builder> settings, List<Object> others) {
        this.base = base;
        this.local = URI.create("http://localhost:" + port);
        PortalOptions options = settings.apply(PortalOptions.builder(base, PurposeKeys.of(SECRET)))
                .build();
        this.stores = new PortalStores(
                new InMemoryAccountStore(),
                new InMemoryApiKeyStore(),
                new InMemoryWebSessionStore(),
                new InMemoryOneTimeLinkStore(),
                new InMemorySignInStateStore(),
                new InMemoryAuthorizationStore(),
                new InMemoryOAuthClientStore(),
                browsers,
                data,
                PortalServer::zip);
        this.portal = new Portal(options, stores);
        ResourceConfig application = new ResourceConfig();
        portal.restComponents().forEach(application::register);
        others.forEach(application::register);
        // The address is given as numbers, because "localhost" may also be bound to an IPv6 address only.
        this.server = GrizzlyHttpServerFactory.createHttpServer(URI.create("http://127.0.0.1:" + port), application);
    }

    static PortalServer start() {
        return start(settings -> settings);
    }

    static PortalServer start(UnaryOperator<PortalOptions.Builder> settings, Object... others) {
        int port = freePort();
        return new PortalServer(port, localhost(port), settings, List.of(others));
    }

    static PortalServer startOn(int port, UnaryOperator<PortalOptions.Builder> settings) {
        return new PortalServer(port, localhost(port), settings, List.of());
    }

    /** A portal that believes that the world reaches it under this address. */
    static PortalServer startAs(URI base) {
        return new PortalServer(freePort(), base, settings -> settings, List.of());
    }

    /** The accounts that were erased. */
    ErasedAccounts data() {
        return data;
    }

    Portal portal() {
        return portal;
    }

    PortalStores stores() {
        return stores;
    }

    /** The public address. */
    URI base() {
        return base;
    }

    /** Where it really listens. */
    URI local() {
        return local;
    }

    void put(UUID account, PairedBrowser... stand) {
        for (PairedBrowser browser : stand) {
            browsers.put(account, browser);
        }
    }

    UUID account(String email) {
        return portal.localAccounts().findOrCreate(email).id();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private static URI localhost(int port) {
        return URI.create("http://localhost:" + port);
    }

    /** The public address must be known before the server starts, so the port is looked for first. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<ExtensionDownloads.Archive> zip(BrowserFamily family) {
        byte[] content = ("PK " + family).getBytes(US_ASCII);
        return Optional.of(new ExtensionDownloads.Archive() {
            @Override
            public long bytes() {
                return content.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(content);
            }
        });
    }
}
