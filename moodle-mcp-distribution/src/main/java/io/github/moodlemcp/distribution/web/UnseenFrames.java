package io.github.moodlemcp.distribution.web;

import java.util.function.Consumer;
import org.glassfish.tyrus.core.frame.TyrusFrame;
import org.glassfish.tyrus.core.monitoring.ApplicationEventListener;
import org.glassfish.tyrus.core.monitoring.EndpointEventListener;
import org.glassfish.tyrus.core.monitoring.MessageEventListener;

/**
 * Tells of frames that Tyrus deals with below the Jakarta API, through its monitoring events: pings, and fragments that
 * are too short to have a reason, except for the one that ends a message.
 */
final class UnseenFrames implements ApplicationEventListener {

    /** What browsers cut a long message into is longer. */
    private static final int SHORT_FRAGMENT_BYTES = 1024;

    private final Consumer<String> told;

    /** @param told is told the session id for each such frame, on a selector thread */
    UnseenFrames(Consumer<String> told) {
        this.told = told;
    }

    @Override
    public EndpointEventListener onEndpointRegistered(String endpointPath, Class<?> endpointClass) {
        return new EndpointEventListener() {
            @Override
            public MessageEventListener onSessionOpened(String sessionId) {
                return new Frames(sessionId);
            }

            @Override
            public void onSessionClosed(String sessionId) {}

            @Override
            public void onError(String sessionId, Throwable error) {}
        };
    }

    @Override
    public void onApplicationInitialized(String applicationName) {}

    @Override
    public void onApplicationDestroyed() {}

    @Override
    public void onEndpointUnregistered(String endpointPath) {}

    /** The frames of one session, which come one after the other. */
    private final class Frames implements MessageEventListener {
        private final String sessionId;
        /** Whether a short fragment came that may turn out to end its message. */
        private boolean doubtful;

        Frames(String sessionId) {
            this.sessionId = sessionId;
        }

        @Override
        public void onFrameReceived(TyrusFrame.FrameType type, long payloadLength) {
            switch (type) {
                case PING -> told.accept(sessionId);
                case TEXT_CONTINUATION, BINARY_CONTINUATION -> fragment(payloadLength);
                case TEXT, BINARY -> doubtful = false;
                case PONG, CLOSE -> {}
            }
        }

        @Override
        public void onFrameSent(TyrusFrame.FrameType type, long payloadLength) {}

        private void fragment(long payloadLength) {
            if (doubtful) {
                told.accept(sessionId);
            }
            doubtful = payloadLength < SHORT_FRAGMENT_BYTES;
        }
    }
}
