package io.github.moodlemcp.distribution.web;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.server.AddOn;
import org.glassfish.grizzly.http.server.NetworkListener;

/**
 * Closes connections whose requests come in too slowly, which Grizzly tells from idle ones only by the last byte: each new
 * byte of a request buys its client the whole idle time. A connection that has become a WebSocket is left alone. Safe for
 * use by many threads.
 */
final class SlowRequests implements AddOn, AutoCloseable {
    private static final long SWEEP_MILLIS = 500;
    private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ConcurrentMap<Connection<?>, RequestPace> connections = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("slow-requests").factory());
    /** For the thread of the timer. */
    private long sweptAt = System.nanoTime();

    SlowRequests() {
        timer.scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void setup(NetworkListener listener, FilterChainBuilder chain) {
        int codec = chain.indexOfType(HttpServerFilter.class);
        chain.add(codec + 1, new AfterCodec());
        chain.add(codec, new BeforeCodec());
    }

    private void sweep() {
        long now = System.nanoTime();
        boolean isLate = now - sweptAt > LATE_NANOS;
        sweptAt = now;
        if (isLate) {
            // Then this process stood still, and what has come meanwhile is read first.
            return;
        }
        connections.forEach((connection, pace) -> {
            if (UpgradedConnections.has(connection)) {
                connections.remove(connection);
            } else if (pace.isTooSlow(isRequestComingIn(connection), now)) {
                connections.remove(connection);
                connection.closeSilently();
            }
        });
    }

    /** The codec keeps a request there from its first byte to its last. */
    private static boolean isRequestComingIn(Connection<?> connection) {
        return connection.getAttributes().getAttribute(HttpServerFilter.HTTP_SERVER_REQUEST_ATTR_NAME) != null;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private final class BeforeCodec extends BaseFilter {
        @Override
        public NextAction handleAccept(FilterChainContext context) {
            connections.put(context.getConnection(), new RequestPace(System.nanoTime()));
            return context.getInvokeAction();
        }

        @Override
        public NextAction handleRead(FilterChainContext context) {
            Connection<?> connection = context.getConnection();
            RequestPace pace = connections.get(connection);
            if (pace != null) {
                int bytes = ((Buffer) context.getMessage()).remaining();
                pace.came(!isRequestComingIn(connection), bytes, System.nanoTime());
            }
            return context.getInvokeAction();
        }

        @Override
        public NextAction handleClose(FilterChainContext context) {
            connections.remove(context.getConnection());
            return context.getInvokeAction();
        }
    }

    private final class AfterCodec extends BaseFilter {
        @Override
        public NextAction handleRead(FilterChainContext context) {
            RequestPace pace = connections.get(context.getConnection());
            if (pace != null && context.getMessage() instanceof HttpContent content) {
                pace.understood(content.isLast(), System.nanoTime());
            }
            return context.getInvokeAction();
        }
    }
}
