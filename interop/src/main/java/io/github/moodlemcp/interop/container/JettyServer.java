package io.github.moodlemcp.interop.container;

import jakarta.websocket.server.ServerEndpointConfig;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.jboss.resteasy.core.ResteasyDeploymentImpl;
import org.jboss.resteasy.core.providerfactory.ResteasyProviderFactoryImpl;
import org.jboss.resteasy.plugins.server.servlet.HttpServlet30Dispatcher;
import org.jboss.resteasy.spi.ResteasyDeployment;
import org.jspecify.annotations.Nullable;

/** RESTEasy on Jetty, a servlet container, with Jetty's own Jakarta WebSocket. */
public final class JettyServer implements Container {
    private final Server server;
    private final ServerConnector connector;

    private JettyServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /** Starts to listen, without WebSocket; see {@link #start(int, Set, ServerEndpointConfig)}. */
    public static JettyServer start(int port, Set<Object> restComponents) throws IOException {
        return listen(port, restComponents, null);
    }

    /**
     * Starts to listen. RESTEasy becomes the REST runtime of the whole process.
     *
     * @param port the port, or 0 for any free one
     * @param restComponents resources, filters and mappers, as singletons
     * @param endpoint the WebSocket endpoint
     * @throws IOException when the server cannot be started
     */
    public static JettyServer start(int port, Set<Object> restComponents, ServerEndpointConfig endpoint)
            throws IOException {
        return listen(port, restComponents, endpoint);
    }

    private static JettyServer listen(int port, Set<Object> restComponents, @Nullable ServerEndpointConfig endpoint)
            throws IOException {
        RuntimeDelegate.setInstance(new ResteasyProviderFactoryImpl());
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setVirtualThreadsExecutor(new VirtualThreadPool());
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        server.setHandler(context(restComponents, endpoint));
        try {
            server.start();
        } catch (Exception e) {
            throw new IOException("Jetty does not start on port " + port, e);
        }
        return new JettyServer(server, connector);
    }

    private static ServletContextHandler context(Set<Object> restComponents, @Nullable ServerEndpointConfig endpoint) {
        ServletContextHandler context = new ServletContextHandler();
        context.setAttribute(ResteasyDeployment.class.getName(), deployment(restComponents));
        ServletHolder rest = new ServletHolder(new HttpServlet30Dispatcher());
        rest.setAsyncSupported(true);
        context.addServlet(rest, "/*");
        if (endpoint != null) {
            JakartaWebSocketServletContainerInitializer.configure(
                    context, (servlets, webSockets) -> webSockets.addEndpoint(endpoint));
        }
        return context;
    }

    private static ResteasyDeployment deployment(Set<Object> restComponents) {
        ResteasyDeployment deployment = new ResteasyDeploymentImpl();
        deployment.setResources(
                restComponents.stream().filter(JettyServer::isResource).toList());
        deployment.setProviders(List.copyOf(
                restComponents.stream().filter(part -> !isResource(part)).toList()));
        return deployment;
    }

    private static boolean isResource(Object component) {
        return component.getClass().isAnnotationPresent(Path.class);
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("Jetty does not stop", e);
        }
    }
}
