package io.github.moodlemcp.bench;

import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.tyrus.container.grizzly.server.WebSocketAddOn;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.WebSocketEngine;

/** The least that Tyrus can do on Grizzly: sends back each message. What is slower than this is the price of the bridge. */
public final class BareSockets {
    private BareSockets() {}

    /**
     * Serves until the process is ended.
     *
     * @param args the port
     * @throws IOException when the port cannot be bound
     * @throws InterruptedException never
     * @throws DeploymentException never
     */
    public static void main(String[] args) throws IOException, InterruptedException, DeploymentException {
        Container container = new Container();
        container.register(
                ServerEndpointConfig.Builder.create(Echo.class, "/ws").build());
        container.start("", Integer.parseInt(args[0]));
        Listener.serve(Integer.parseInt(args[0]), new NothingElse(), new WebSocketAddOn(container, ""));
    }

    /** Sends back each message. */
    public static final class Echo extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {
            session.setMaxIdleTimeout(-1);
            session.addMessageHandler(String.class, (MessageHandler.Whole<String>)
                    text -> session.getAsyncRemote().sendText(text));
        }
    }

    private static final class NothingElse extends HttpHandler {
        @Override
        public void service(Request request, Response response) {}
    }

    /** Tyrus without a listener of its own. */
    private static final class Container extends TyrusServerContainer {
        private final TyrusWebSocketEngine engine =
                TyrusWebSocketEngine.builder(this).build();

        Container() {
            super((Set<Class<?>>) null);
        }

        @Override
        public void register(Class<?> endpointClass) throws DeploymentException {
            engine.register(endpointClass, "");
        }

        @Override
        public void register(ServerEndpointConfig endpoint) throws DeploymentException {
            engine.register(endpoint, "");
        }

        @Override
        public Map<String, Object> getProperties() {
            return Map.of();
        }

        @Override
        public WebSocketEngine getWebSocketEngine() {
            return engine;
        }
    }
}
