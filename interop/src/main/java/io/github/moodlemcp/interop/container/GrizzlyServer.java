package io.github.moodlemcp.interop.container;

import jakarta.ws.rs.ext.RuntimeDelegate;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.server.internal.RuntimeDelegateImpl;

/** Jersey on Grizzly, without WebSocket. */
public final class GrizzlyServer implements Container {
    private final HttpServer server;

    private GrizzlyServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Starts to listen. Jersey becomes the REST runtime of the whole process.
     *
     * @param port the port, or 0 for any free one
     * @param restComponents resources, filters and mappers, as singletons
     * @throws IOException when the port cannot be bound
     */
    public static GrizzlyServer start(int port, Set<Object> restComponents) throws IOException {
        RuntimeDelegate.setInstance(new RuntimeDelegateImpl());
        ResourceConfig application = new ResourceConfig();
        application.registerInstances(restComponents);
        application.addProperties(Map.of(
                CommonProperties.USE_VIRTUAL_THREADS, true,
                ServerProperties.WADL_FEATURE_DISABLE, true));
        HttpServer server =
                GrizzlyHttpServerFactory.createHttpServer(URI.create("http://127.0.0.1:" + port), application, false);
        server.getListeners().forEach(listener -> listener.registerAddOn(new NoUpgrades()));
        server.start();
        return new GrizzlyServer(server);
    }

    @Override
    public int port() {
        return server.getListeners().iterator().next().getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
