package io.github.moodlemcp.example.owntools;

import io.github.moodlemcp.server.MoodleMcpServer;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.net.URI;
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

/** RESTEasy on Jetty, with Jetty's own WebSocket for Moodle's tools. */
final class OnJetty {
    private OnJetty() {}

    /** Serves the canteens: {@code OnJetty http://localhost:8080 KEY}. */
    public static void main(String[] args) throws Exception {
        URI address = URI.create(args[0]);
        start(address, Canteens.server(address, args[1])).join();
    }

    static Server start(URI address, MoodleMcpServer server) throws Exception {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setVirtualThreadsExecutor(new VirtualThreadPool());
        Server jetty = new Server(threads);
        ServerConnector connector = new ServerConnector(jetty);
        connector.setHost(address.getHost());
        connector.setPort(address.getPort());
        jetty.addConnector(connector);
        jetty.setHandler(context(server));
        jetty.start();
        return jetty;
    }

    private static ServletContextHandler context(MoodleMcpServer server) {
        // Only because Jersey is on the class path of this example too.
        RuntimeDelegate.setInstance(new ResteasyProviderFactoryImpl());
        ResteasyDeployment deployment = new ResteasyDeploymentImpl();
        deployment.setApplication(server.restApplication());
        ServletHolder rest = new ServletHolder(new HttpServlet30Dispatcher());
        rest.setAsyncSupported(true);
        ServletContextHandler context = new ServletContextHandler();
        context.setAttribute(ResteasyDeployment.class.getName(), deployment);
        context.addServlet(rest, "/*");
        JakartaWebSocketServletContainerInitializer.configure(
                context, (servlets, webSockets) -> webSockets.addEndpoint(server.endpoint()));
        return context;
    }
}
