package io.github.moodlemcp.server.spi;

import jakarta.ws.rs.container.ContainerRequestContext;

/**
 * Tells that a client has gone before it was answered, which only the container of the service can know. Safe for use by
 * many threads.
 */
@FunctionalInterface
public interface ClientDepartures {

    /**
     * Watches the connection of a request.
     *
     * @param request the request; its body has been read to its end
     * @param whenGone called at most once, on any thread, when the client's connection ends before the watch is closed; it
     *     may be called before this method returns
     * @return to be closed when the request has been answered
     */
    Watch watch(ContainerRequestContext request, Runnable whenGone);

    /** A connection that is watched, until this is closed; closing it again does nothing. */
    @FunctionalInterface
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /** Notices nobody's departure: what a server does until it is told how. */
    static ClientDepartures unnoticed() {
        return (request, whenGone) -> () -> {};
    }
}
