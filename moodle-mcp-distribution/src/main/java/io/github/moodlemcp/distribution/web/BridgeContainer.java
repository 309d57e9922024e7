package io.github.moodlemcp.distribution.web;

import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.WebSocketEngine;

/**
 * Tyrus without a listener of its own, because its own container binds every address. It lives in the listener of {@link
 * WebServer} through the add-on Tyrus offers for Grizzly.
 */
final class BridgeContainer extends TyrusServerContainer {

    /** More than a {@link FrameGate} passes on at once, and what Tyrus may have left of that before. */
    private static final int BUFFER_BYTES = 3 * FrameGate.LONG_BYTES;

    private final GatedEngine engine;

    /**
     * @param maxFrameBytes the longest message
     * @param unseenFrames is told the session id for each frame that no endpoint sees
     */
    BridgeContainer(int maxFrameBytes, Consumer<String> unseenFrames) {
        super((Set<Class<?>>) null);
        engine = new GatedEngine(
                TyrusWebSocketEngine.builder(this)
                        .incomingBufferSize(BUFFER_BYTES)
                        .applicationEventListener(new UnseenFrames(unseenFrames))
                        .build(),
                maxFrameBytes);
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
