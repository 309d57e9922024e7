package io.github.moodlemcp.server.jakarta;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;

/** The WebSocket door: hands the life of each session to {@link Bridges}. */
public final class BridgeEndpoint extends Endpoint {
    private static final System.Logger LOG = System.getLogger(BridgeEndpoint.class.getName());

    private final Bridges bridges;

    BridgeEndpoint(Bridges bridges) {
        this.bridges = bridges;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        session.setMaxIdleTimeout(-1);
        bridges.opened(session);
        session.addMessageHandler(
                String.class, (MessageHandler.Partial<String>) (part, last) -> bridges.received(session, part, last));
        session.addMessageHandler(ByteBuffer.class, (MessageHandler.Partial<ByteBuffer>)
                (binary, last) -> bridges.receivedBinary(session));
        session.addMessageHandler(
                PongMessage.class, (MessageHandler.Whole<PongMessage>) pong -> bridges.receivedUnseen(session.getId()));
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        bridges.closed(session);
    }

    @Override
    public void onError(Session session, Throwable error) {
        LOG.log(Level.DEBUG, "event=socket_error type=" + error.getClass().getSimpleName());
    }
}
