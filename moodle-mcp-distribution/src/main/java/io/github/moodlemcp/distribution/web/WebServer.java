package io.github.moodlemcp.distribution.web;

import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.glassfish.grizzly.http.server.HttpHandlerRegistration;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;
import org.glassfish.grizzly.threadpool.VirtualThreadExecutorService;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpContainer;
import org.glassfish.jersey.server.ContainerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.tyrus.container.grizzly.server.WebSocketAddOn;

/**
 * The listener of the service: REST resources on virtual threads, and the WebSocket endpoint on the same port.
 *
 * <p>WebSocket callbacks run on the selector threads of Grizzly and must not block.
 */
public final class WebServer implements AutoCloseable {
    private static final String LISTENER = "service";
    private static final int MAX_REQUESTS_AT_ONCE = 10_000;
    private static final int SHUTDOWN_GRACE_SECONDS = 5;
    /** How long one read of a body may wait; {@link RequestPace} tells how long the body may take. */
    private static final int BODY_READ_SECONDS = 15;

    /** Longer than the silence a bridge connection may keep, because it cuts silent WebSockets too. */
    private static final int IDLE_SECONDS = 75;

    private final HttpServer server;
    private final BridgeContainer container;
    private final GrizzlyHttpContainer rest;
    private final SlowRequests slowRequests;
    private final int port;

    private WebServer(
            HttpServer server,
            BridgeContainer container,
            GrizzlyHttpContainer rest,
            SlowRequests slowRequests,
            int port) {
        this.server = server;
        this.container = container;
        this.rest = rest;
        this.slowRequests = slowRequests;
        this.port = port;
    }

    /**
     * Starts to listen.
     *
     * @param host the address to bind
     * @param port the port, or 0 for any free one
     * @param restComponents resources, filters and mappers, as singletons
     * @param endpoint the WebSocket endpoint
     * @param maxFrameBytes the longest frame it takes
     * @param unseenFrames is told the WebSocket session id for each frame that no endpoint sees; it must not block
     * @throws IOException when the address cannot be bound
     */
    public static WebServer start(
            String host,
            int port,
            Set<Object> restComponents,
            ServerEndpointConfig endpoint,
            int maxFrameBytes,
            Consumer<String> unseenFrames)
            throws IOException {
        BridgeContainer container = new BridgeContainer(maxFrameBytes, unseenFrames);
        NetworkListener listener = new NetworkListener(LISTENER, host, port);
        listener.registerAddOn(new EarlyInputFilters());
        UpgradeFilter upgrade = new UpgradeFilter();
        listener.registerAddOn(new UpgradedConnections(upgrade));
        listener.registerAddOn(upgrade);
        listener.registerAddOn(new WebSocketAddOn(container, ""));
        listener.registerAddOn(new UpgradedConnections.Forgotten());
        SlowRequests slowRequests = new SlowRequests();
        listener.registerAddOn(slowRequests);
        listener.getKeepAlive().setIdleTimeoutInSeconds(IDLE_SECONDS);
        listener.setDefaultErrorPageGenerator((request, status, reason, description, exception) ->
                "<!doctype html><html lang=\"en\"><title>" + status + "</title><p>" + status + "</p></html>");
        listener.getTransport()
                .setWorkerThreadPool(VirtualThreadExecutorService.createInstance(
                        ThreadPoolConfig.defaultConfig().setMaxPoolSize(MAX_REQUESTS_AT_ONCE)));
        listener.getTransport().setReadTimeout(BODY_READ_SECONDS, TimeUnit.SECONDS);

        HttpServer server = new HttpServer();
        server.addListener(listener);
        server.getServerConfiguration().setHttpServerName("moodle-mcp");
        server.getServerConfiguration().setPassTraceRequest(false);
        GrizzlyHttpContainer rest = rest(restComponents);
        server.getServerConfiguration().addHttpHandler(new CheckedRequests(rest), HttpHandlerRegistration.ROOT);
        server.start();
        try {
            container.register(endpoint);
            container.start("", listener.getPort());
        } catch (DeploymentException e) {
            slowRequests.close();
            server.shutdownNow();
            throw new IllegalStateException("The WebSocket endpoint cannot be deployed", e);
        }
        return new WebServer(server, container, rest, slowRequests, listener.getPort());
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    /** Each method and path that a REST resource answers, such as {@code POST /keys/{id}/revoke}. */
    public Set<String> routes() {
        return Routes.of(rest.getApplicationHandler());
    }

    /** The listener, for tests that look at its connections. */
    NetworkListener listener() {
        return server.getListener(LISTENER);
    }

    /** Stops listening, and lets requests in progress end for up to 5 seconds. */
    @Override
    public void close() {
        container.stop();
        try {
            server.shutdown(SHUTDOWN_GRACE_SECONDS, TimeUnit.SECONDS).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            server.shutdownNow();
        } catch (ExecutionException e) {
            server.shutdownNow();
        }
        slowRequests.close();
    }

    private static GrizzlyHttpContainer rest(Set<Object> components) {
        ResourceConfig application = new ResourceConfig();
        application.registerInstances(components);
        application.register(new HealthResource());
        application.addProperties(Map.of(
                ServerProperties.WADL_FEATURE_DISABLE, true,
                ServerProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true,
                ServerProperties.METAINF_SERVICES_LOOKUP_DISABLE, true,
                ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true));
        return ContainerFactory.createContainer(GrizzlyHttpContainer.class, application);
    }
}
