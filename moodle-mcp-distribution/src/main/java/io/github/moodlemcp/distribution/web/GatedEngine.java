package io.github.moodlemcp.distribution.web;

import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerEndpointConfig;
import org.glassfish.tyrus.spi.Connection;
import org.glassfish.tyrus.spi.ReadHandler;
import org.glassfish.tyrus.spi.UpgradeRequest;
import org.glassfish.tyrus.spi.UpgradeResponse;
import org.glassfish.tyrus.spi.WebSocketEngine;
import org.glassfish.tyrus.spi.Writer;

/**
 * Another engine, with a {@link FrameGate} before each of its connections.
 *
 * @param maxMessageBytes the longest message it takes
 */
record GatedEngine(WebSocketEngine engine, long maxMessageBytes) implements WebSocketEngine {

    @Override
    public UpgradeInfo upgrade(UpgradeRequest request, UpgradeResponse response) {
        return new GatedUpgrade(engine.upgrade(request, response), maxMessageBytes);
    }

    @Override
    public void register(Class<?> endpointClass, String contextPath) throws DeploymentException {
        engine.register(endpointClass, contextPath);
    }

    @Override
    public void register(ServerEndpointConfig endpoint, String contextPath) throws DeploymentException {
        engine.register(endpoint, contextPath);
    }

    private record GatedUpgrade(UpgradeInfo upgrade, long maxMessageBytes) implements UpgradeInfo {

        @Override
        public UpgradeStatus getStatus() {
            return upgrade.getStatus();
        }

        @Override
        public Connection createConnection(Writer writer, Connection.CloseListener closeListener) {
            Connection connection = upgrade.createConnection(writer, closeListener);
            return new GatedConnection(connection, new FrameGate(connection, maxMessageBytes));
        }
    }

    private record GatedConnection(Connection connection, FrameGate gate) implements Connection {

        @Override
        public ReadHandler getReadHandler() {
            return gate;
        }

        @Override
        public Writer getWriter() {
            return connection.getWriter();
        }

        @Override
        public CloseListener getCloseListener() {
            return connection.getCloseListener();
        }

        @Override
        public void close(CloseReason reason) {
            connection.close(reason);
        }
    }
}
