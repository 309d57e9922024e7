package io.github.moodlemcp.testkit.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One thread that serves many {@link LightSocket}s and their timers. Safe for use by many threads. */
public final class SocketLoop implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SocketLoop.class.getName());
    private static final int BUFFER_BYTES = 128 * 1024;
    private static final long LONGEST_WAIT_MILLIS = 1000;

    private final Selector selector;
    private final Thread thread;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    /** For the thread of the loop. */
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(Timer::at));

    private final Set<LightSocket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @param at the time of the monotonic clock, from {@link #now()} */
    private record Timer(long at, Runnable task) {}

    /** Starts the thread, a daemon. */
    public SocketLoop() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = Thread.ofPlatform().daemon().name("light-sockets").start(this::run);
    }

    /**
     * Begins to open a connection; what becomes of it, the listener is told.
     *
     * @return the socket, on which nothing can be sent yet
     */
    public LightSocket open(Handshake handshake, LightSocket.Listener listener) {
        SocketChannel channel;
        try {
            channel = SocketChannel.open();
        } catch (IOException e) {
            throw new UncheckedIOException("No more connections can be opened here", e);
        }
        LightSocket socket = new LightSocket(this, channel, handshake, listener);
        sockets.add(socket);
        execute(() -> connect(socket, channel, handshake));
        return socket;
    }

    private void connect(LightSocket socket, SocketChannel channel, Handshake handshake) {
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (handshake.from() != null) {
                channel.bind(new InetSocketAddress(handshake.from(), 0));
            }
            socket.begin(channel.register(selector, SelectionKey.OP_CONNECT, socket));
            channel.connect(handshake.server());
        } catch (IOException | RuntimeException e) {
            socket.end(LightSocket.ABNORMAL);
        }
    }

    /** Runs a task on the thread of the loop, soon; it must not block. */
    public void execute(Runnable task) {
        tasks.add(task);
        if (Thread.currentThread() != thread) {
            selector.wakeup();
        }
    }

    /** Runs a task on the thread of the loop after some time, unless the loop is closed before; it must not block. */
    public void after(Duration delay, Runnable task) {
        long at = now() + delay.toNanos();
        if (Thread.currentThread() == thread) {
            timers.add(new Timer(at, task));
        } else {
            execute(() -> timers.add(new Timer(at, task)));
        }
    }

    /** Ends all connections without a close frame, and the thread. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        if (Thread.currentThread() != thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void forget(LightSocket socket) {
        sockets.remove(socket);
    }

    void wantsToWrite(SelectionKey key) {
        key.interestOpsOr(SelectionKey.OP_WRITE);
        if (Thread.currentThread() != thread) {
            selector.wakeup();
        }
    }

    private void run() {
        while (!closed) {
            try {
                runTasks();
                selector.select(this::ready, untilNextTimer());
            } catch (IOException e) {
                LOG.log(Level.ERROR, "event=select_failed", e);
            }
        }
        sockets.forEach(socket -> socket.end(LightSocket.ABNORMAL));
        try {
            selector.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "event=selector_close_failed", e);
        }
    }

    private void ready(SelectionKey key) {
        LightSocket socket = (LightSocket) key.attachment();
        guarded(() -> socket.ready(buffer));
    }

    private void runTasks() {
        for (@Nullable Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            guarded(task);
        }
        long now = now();
        for (@Nullable Timer first = timers.peek(); first != null && first.at() <= now; first = timers.peek()) {
            timers.remove();
            guarded(first.task());
        }
    }

    private long untilNextTimer() {
        Timer first = timers.peek();
        if (!tasks.isEmpty()) {
            return 1;
        }
        long millis = first == null ? LONGEST_WAIT_MILLIS : TimeUnit.NANOSECONDS.toMillis(first.at() - now()) + 1;
        return Math.clamp(millis, 1, LONGEST_WAIT_MILLIS);
    }

    /** A defect of one socket must not end the others. */
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "event=socket_failed", e);
        }
    }

    private static long now() {
        return System.nanoTime();
    }
}
