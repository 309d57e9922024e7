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

    /** The longest header of a frame from a client (RFC 6455, section 5.2). */
    private static final int FRAME_HEADER_BYTES = 14;

    private final TyrusWebSocketEngine engine;

    /**
     * @param maxFrameBytes the longest payload of a single frame; Tyrus limits single frames only by this buffer
     * @param unseenFrames is told the session id for each frame that no endpoint sees
     */
    BridgeContainer(int maxFrameBytes, Consumer<String> unseenFrames) {
        super((Set<Class<?>>) null);
        engine = TyrusWebSocketEngine.builder(this)
                .incomingBufferSize(maxFrameBytes + FRAME_HEADER_BYTES)
                .applicationEventListener(new UnseenFrames(unseenFrames))
                .build();
        setDefaultMaxTextMessageBufferSize(maxFrameBytes);
        setDefaultMaxBinaryMessageBufferSize(maxFrameBytes);
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
