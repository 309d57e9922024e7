package io.github.moodlemcp.example.owntools;

import io.github.moodlemcp.server.MoodleMcpServer;
import java.io.IOException;
import java.net.URI;
import org.glassfish.grizzly.http.server.HttpServer;

final class OnGrizzlyTest extends CanteensTests {
    @Override
    RunningContainer start(URI address, MoodleMcpServer server) throws IOException {
        HttpServer grizzly = OnGrizzly.start(address, server);
        return new RunningContainer(grizzly.getListener("grizzly").getPort(), grizzly::shutdownNow);
    }
}
