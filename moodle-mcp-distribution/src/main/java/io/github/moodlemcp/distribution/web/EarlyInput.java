package io.github.moodlemcp.distribution.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Context;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.IOEventLifeCycleListener;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.memory.Buffers;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends on a connection while a request before is still being answered. Reading on is how the end of a
 * connection is noticed, but Grizzly would lose what it then reads; here it is kept until Grizzly asks for it.
 *
 * <p>It lives from the first watch over a request until the thread that serves the request leaves the connection, which may
 * be some requests later when they came together. Nothing more is read once something has come, so what is kept is a few
 * reads at most. Safe for use by many threads.
 */
final class EarlyInput extends IOEventLifeCycleListener.Adapter {
    private static final String ATTRIBUTE = EarlyInput.class.getName();
    private static final int SELECTOR_SECONDS = 5;

    private final Connection<?> connection;
    private @Nullable Buffer kept;
    private boolean answered;

    private EarlyInput(Connection<?> connection) {
        this.connection = connection;
    }

    /** What is kept for the connection; null when no request of it is watched. */
    static @Nullable EarlyInput of(Connection<?> connection) {
        return (EarlyInput) connection.getAttributes().getAttribute(ATTRIBUTE);
    }

    /** Reads on while the request of this context is answered; its body has been read to its end. */
    static void readOn(FilterChainContext request) {
        Connection<?> connection = request.getConnection();
        EarlyInput input = of(connection);
        if (input == null) {
            input = new EarlyInput(connection);
            connection.getAttributes().setAttribute(ATTRIBUTE, input);
            request.getInternalContext().addLifeCycleListener(input);
        }
        input.enableReading();
    }

    /** Stops reading on, because the body of the next request of the same thread is read by that thread. */
    static void leaveReadingToThisThread(Connection<?> connection) {
        EarlyInput input = of(connection);
        if (input == null) {
            return;
        }
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        connection.executeInEventThread(IOEvent.READ, () -> {
            input.disableReading();
            stopped.complete(null);
        });
        stopped.completeOnTimeout(null, SELECTOR_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Keeps what the selector has read; false when it is nobody's early input, and Grizzly should have it now. */
    synchronized boolean keep(Buffer read) {
        if (answered) {
            return false;
        }
        disableReading();
        kept = kept == null ? read : Buffers.appendBuffers(connection.getMemoryManager(), kept, read);
        return true;
    }

    /** Gives away what is kept, to the thread that serves the connection; null when there is nothing for it. */
    synchronized @Nullable Buffer give(boolean toServingThread) {
        if (!answered && !toServingThread) {
            return null;
        }
        Buffer given = kept;
        kept = null;
        if (answered) {
            end();
        }
        return given;
    }

    /**
     * The thread that served the request leaves the connection, and Grizzly has asked the selector to read it again. Until
     * the selector has done so, what it reads is kept: the next request would switch reading off for its own time, and
     * the order that is still on its way would switch it on again, so that the request after that would be lost.
     */
    @Override
    public void onComplete(Context request, Object data) {
        connection.executeInEventThread(IOEvent.READ, this::settle);
    }

    private void settle() {
        if (!hasKept()) {
            return;
        }
        disableReading();
        try {
            connection.getTransport().getIOStrategy().executeIoEvent(connection, IOEvent.READ, false);
        } catch (IOException e) {
            connection.closeWithReason(e);
        }
    }

    private synchronized boolean hasKept() {
        answered = true;
        if (kept == null) {
            end();
        }
        return kept != null;
    }

    private synchronized void enableReading() {
        if (kept == null) {
            try {
                connection.enableIOEvent(IOEvent.READ);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void disableReading() {
        try {
            connection.disableIOEvent(IOEvent.READ);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void end() {
        connection.getAttributes().removeAttribute(ATTRIBUTE);
    }
}
