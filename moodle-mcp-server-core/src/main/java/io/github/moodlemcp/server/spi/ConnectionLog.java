package io.github.moodlemcp.server.spi;

import io.github.moodlemcp.bridge.ConnectedBrowser;
import org.jspecify.annotations.Nullable;

/** Is told when browsers come, are heard of and go. Called on threads of the connection; it must not block. */
public interface ConnectionLog {

    /** A browser introduced itself; {@code userAgent} is the header of the handshake, or null. */
    void connected(ConnectedBrowser browser, @Nullable String userAgent);

    /** A frame came. */
    void heardOf(ConnectedBrowser browser);

    /** The connection ended. */
    void disconnected(ConnectedBrowser browser);

    /** Is told, and does nothing. */
    static ConnectionLog none() {
        return new ConnectionLog() {
            @Override
            public void connected(ConnectedBrowser browser, @Nullable String userAgent) {}

            @Override
            public void heardOf(ConnectedBrowser browser) {}

            @Override
            public void disconnected(ConnectedBrowser browser) {}
        };
    }
}
