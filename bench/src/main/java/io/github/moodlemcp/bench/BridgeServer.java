package io.github.moodlemcp.bench;

import io.github.moodlemcp.distribution.web.GrizzlyDepartures;
import io.github.moodlemcp.distribution.web.WebServer;
import io.github.moodlemcp.server.MoodleMcpServer;
import io.github.moodlemcp.server.ServerOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/** The service's own listener, with Moodle's tools and the bridge, without its database: accounts are {@link Accounts}. */
public final class BridgeServer {

    /** The id of the extension that may connect. */
    static final String EXTENSION = "abcdefghijklmnopabcdefghijklmnop";

    private static final Duration DRAIN = Duration.ofSeconds(5);

    private BridgeServer() {}

    /**
     * Serves until the process is ended; then it drains as the service does.
     *
     * @param args the port
     * @throws IOException when the port cannot be bound
     * @throws InterruptedException never
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        int port = Integer.parseInt(args[0]);
        ServerOptions options = ServerOptions.builder(URI.create("http://127.0.0.1:" + port))
                .extensionIds(Set.of(EXTENSION))
                .build();
        MoodleMcpServer server = MoodleMcpServer.builder(options)
                .callerTokens(Accounts.verifier())
                .extensionTokens(Accounts.verifier())
                .clientDepartures(new GrizzlyDepartures())
                .build();
        Set<Object> components = new LinkedHashSet<>(server.restComponents());
        components.add(new MemoryResource());
        WebServer web = WebServer.start(
                "127.0.0.1", port, components, server.endpoint(), options.maxFrameBytes(), server::unseenFrame);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.drain(DRAIN);
            server.close();
            web.close();
        }));
        Thread.currentThread().join();
    }
}
