package io.github.moodlemcp.example.owntools;

import io.github.moodlemcp.server.MoodleMcpServer;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.io.IOException;
import java.net.URI;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.internal.RuntimeDelegateImpl;

/** Jersey on Grizzly. */
final class OnGrizzly {
    private OnGrizzly() {}

    /** Serves the canteens: {@code OnGrizzly http://localhost:8080 KEY}. */
    public static void main(String[] args) throws IOException, InterruptedException {
        URI address = URI.create(args[0]);
        start(address, Canteens.server(address, args[1]));
        Thread.currentThread().join();
    }

    static HttpServer start(URI address, MoodleMcpServer server) throws IOException {
        // Only because RESTEasy is on the class path of this example too.
        RuntimeDelegate.setInstance(new RuntimeDelegateImpl());
        ResourceConfig application = ResourceConfig.forApplication(server.restApplication())
                .property(CommonProperties.USE_VIRTUAL_THREADS, true);
        HttpServer grizzly = GrizzlyHttpServerFactory.createHttpServer(address, application, false);
        grizzly.getListener("grizzly").registerAddOn(new NoUpgrades());
        grizzly.start();
        return grizzly;
    }
}
