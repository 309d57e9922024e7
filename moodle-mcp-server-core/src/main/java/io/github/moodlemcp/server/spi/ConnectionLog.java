package io.github.moodlemcp.server.spi;

import static java.util.Objects.requireNonNull;

import io.github.moodlemcp.bridge.CloseReason;
import io.github.moodlemcp.bridge.ConnectedBrowser;
import org.jspecify.annotations.Nullable;

/** Is told when browsers come, are heard of and go. Called on threads of the connection; it must not block. */
public interface ConnectionLog {

    /**
     * What a browser came with.
     *
     * @param credential names its token, as {@link io.github.moodlemcp.server.Caller#credential()} does
     * @param userAgent the header of the handshake, or null
     */
    record Arrival(String credential, @Nullable String userAgent) {
        public Arrival {
            requireNonNull(credential, "credential");
        }
    }

    /** A browser introduced itself and is connected. */
    void connected(ConnectedBrowser browser, Arrival arrival);

    /**
     * A browser introduced itself and was turned away; it was never connected.
     *
     * @param reason {@link CloseReason#VERSION_TOO_OLD} or {@link CloseReason#TOO_MANY_CONNECTIONS}
     */
    void refused(ConnectedBrowser browser, Arrival arrival, CloseReason reason);

    /** A frame came. */
    void heardOf(ConnectedBrowser browser);

    /**
     * The connection ended; may be told twice.
     *
     * @param reason why the service closed it; null when the browser did, or was lost
     */
    void disconnected(ConnectedBrowser browser, @Nullable CloseReason reason);

    /** Is told, and does nothing. */
    static ConnectionLog none() {
        return new ConnectionLog() {
            @Override
            public void connected(ConnectedBrowser browser, Arrival arrival) {}

            @Override
            public void refused(ConnectedBrowser browser, Arrival arrival, CloseReason reason) {}

            @Override
            public void heardOf(ConnectedBrowser browser) {}

            @Override
            public void disconnected(ConnectedBrowser browser, @Nullable CloseReason reason) {}
        };
    }
}
