package io.github.moodlemcp.example.owntools;

import io.github.moodlemcp.server.MoodleMcpServer;
import java.net.URI;
import org.eclipse.jetty.server.Server;

final class OnJettyTest extends CanteensTests {
    @Override
    RunningContainer start(URI address, MoodleMcpServer server) throws Exception {
        Server jetty = OnJetty.start(address, server);
        return new RunningContainer(jetty.getURI().getPort(), jetty::stop);
    }
}
