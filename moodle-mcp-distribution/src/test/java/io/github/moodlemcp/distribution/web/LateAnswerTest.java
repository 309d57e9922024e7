package io.github.moodlemcp.distribution.web;

import io.github.moodlemcp.server.spi.ClientDepartures;
import io.github.moodlemcp.testkit.http.ClientDeparturesContract;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.Set;

final class LateAnswerTest extends ClientDeparturesContract {
    private static final int MAX_FRAME_BYTES = 1024;

    @Override
    protected Running start(Set<Object> restComponents) throws IOException {
        WebServer server = WebServer.start(
                "127.0.0.1",
                0,
                restComponents,
                ServerEndpointConfig.Builder.create(Silent.class, "/ws").build(),
                MAX_FRAME_BYTES,
                session -> {});
        return new Running(server, server.port());
    }

    @Override
    protected ClientDepartures departures() {
        return new GrizzlyDepartures();
    }

    /** An endpoint that says nothing. */
    public static final class Silent extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {}
    }
}
