package io.github.moodlemcp.interop.container;

import io.github.moodlemcp.server.spi.ClientDepartures;
import io.github.moodlemcp.testkit.http.LateAnswerContract;
import java.io.IOException;
import java.util.Set;

final class JettyLateAnswerTest extends LateAnswerContract {
    @Override
    protected Running start(Set<Object> restComponents) throws IOException {
        Container container = JettyServer.start(0, restComponents);
        return new Running(container, container.port());
    }

    @Override
    protected ClientDepartures departures() {
        return ClientDepartures.unnoticed();
    }
}
