package io.github.moodlemcp.bench;

import java.io.IOException;
import java.util.Arrays;
import org.glassfish.grizzly.http.server.AddOn;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.HttpHandlerRegistration;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;
import org.glassfish.grizzly.threadpool.VirtualThreadExecutorService;

/** A Grizzly listener on loopback as the service has it: handlers run on virtual threads. */
final class Listener {
    private static final int MAX_REQUESTS_AT_ONCE = 10_000;

    private Listener() {}

    /** Listens until the process is ended; the threads of Grizzly do not keep it alive. */
    static void serve(int port, HttpHandler handler, AddOn... addOns) throws IOException, InterruptedException {
        NetworkListener listener = new NetworkListener("bench", "127.0.0.1", port);
        listener.getTransport()
                .setWorkerThreadPool(VirtualThreadExecutorService.createInstance(
                        ThreadPoolConfig.defaultConfig().setMaxPoolSize(MAX_REQUESTS_AT_ONCE)));
        Arrays.stream(addOns).forEach(listener::registerAddOn);
        HttpServer server = new HttpServer();
        server.addListener(listener);
        server.getServerConfiguration().addHttpHandler(handler, HttpHandlerRegistration.ROOT);
        server.start();
        Thread.currentThread().join();
    }
}
