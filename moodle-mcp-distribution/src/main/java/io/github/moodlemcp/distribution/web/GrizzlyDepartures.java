package io.github.moodlemcp.distribution.web;

import io.github.moodlemcp.server.spi.ClientDepartures;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.concurrent.atomic.AtomicBoolean;
import org.glassfish.grizzly.CloseListener;
import org.glassfish.grizzly.CloseType;
import org.glassfish.grizzly.Closeable;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.http.server.Request;

/**
 * Notices at once when the connection of a request that came through {@link WebServer} ends. A client that ends only its
 * own direction of the connection counts as gone.
 *
 * <p>Once a client has sent the start of its next request it is alive, and its departure is only noticed by writing to it.
 */
public final class GrizzlyDepartures implements ClientDepartures {
    private static final String REQUEST = Request.class.getName();

    /** Makes a request known to {@link #watch}, before anything of its body is read by this thread. */
    static void introduce(Request request) {
        EarlyInput.leaveReadingToThisThread(request.getContext().getConnection());
        request.setAttribute(REQUEST, request);
    }

    @Override
    public Watch watch(ContainerRequestContext request, Runnable whenGone) {
        if (request.getProperty(REQUEST) instanceof Request introduced
                && introduced.getInputBuffer().isFinished()) {
            Connection<?> connection = introduced.getContext().getConnection();
            Listener listener = new Listener(connection, whenGone);
            connection.addCloseListener(listener);
            EarlyInput.readOn(introduced.getContext());
            return listener;
        }
        return ClientDepartures.unnoticed().watch(request, whenGone);
    }

    private static final class Listener implements CloseListener<Closeable, CloseType>, Watch {
        private final Connection<?> connection;
        private final Runnable whenGone;
        private final AtomicBoolean over = new AtomicBoolean();

        private Listener(Connection<?> connection, Runnable whenGone) {
            this.connection = connection;
            this.whenGone = whenGone;
        }

        @Override
        public void onClosed(Closeable closed, CloseType type) {
            if (over.compareAndSet(false, true)) {
                Thread.ofVirtual().name("client-gone").start(whenGone);
            }
        }

        @Override
        public void close() {
            over.set(true);
            connection.removeCloseListener(this);
        }
    }
}
