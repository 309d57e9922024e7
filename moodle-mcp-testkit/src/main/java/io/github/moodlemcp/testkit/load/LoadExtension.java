package io.github.moodlemcp.testkit.load;

import io.github.moodlemcp.protocol.bridge.BridgeCodec;
import io.github.moodlemcp.protocol.bridge.ExtensionFrame;
import io.github.moodlemcp.protocol.bridge.Hello;
import io.github.moodlemcp.protocol.bridge.ServiceFrame;
import io.github.moodlemcp.protocol.jsonrpc.RequestId;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One light extension: introduces itself, sends heartbeats, gives its commands to a script, and connects again as the
 * extension does. Everything happens on the thread of one loop. Made by {@link LoadExtensions#add}; its methods are safe
 * for use by many threads.
 *
 * <pre>
 *   connecting ──101──► introducing ──welcome──► connected
 *        ▲                  │ closed                │ closed, or a ping unanswered for 10 s
 *        └──── waiting ◄────┴───────────────────────┘
 * </pre>
 */
public final class LoadExtension {
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(10);

    private final SocketLoop loop;
    private final Handshake handshake;
    private final Hello hello;
    private final LoadScript script;
    private final BridgeCodec codec;
    private final LoadTally tally;

    private volatile @Nullable Link link;
    private volatile boolean stopped;
    /** How many connections in a row failed; for the thread of the loop. */
    private int attempt;

    LoadExtension(
            SocketLoop loop, Handshake handshake, Hello hello, LoadScript script, BridgeCodec codec, LoadTally tally) {
        this.loop = loop;
        this.handshake = handshake;
        this.hello = hello;
        this.script = script;
        this.codec = codec;
        this.tally = tally;
    }

    /** Sends a frame on the connection there is; without one it is dropped, as results are never sent again. */
    public void send(ExtensionFrame frame) {
        Link current = link;
        if (current != null) {
            current.socket.send(codec.encode(frame));
        }
    }

    /** Runs a task on the thread of its loop after some time. */
    public void after(Duration delay, Runnable task) {
        loop.after(delay, task);
    }

    /** Whether it is welcomed and connected. */
    public boolean isConnected() {
        Link current = link;
        return current != null && current.welcomed;
    }

    /** What it introduces itself with. */
    public Hello hello() {
        return hello;
    }

    /** Loses its connection without a close frame, and connects again after a back-off. */
    public void vanish() {
        Link current = link;
        if (current != null) {
            current.socket.abort();
        }
    }

    /** Ends its connection, and does not connect again. */
    public void stop() {
        stopped = true;
        vanish();
    }

    void connect() {
        if (!stopped) {
            loop.open(handshake, new Link());
        }
    }

    /** One connection, from its handshake to its end. */
    private final class Link implements LightSocket.Listener {
        private LightSocket socket;
        private volatile boolean welcomed;
        private int requests;
        private int answered;

        @Override
        public void opened(LightSocket opened) {
            socket = opened;
            link = this;
            request(new ExtensionFrame.HelloFrame(nextId(), hello));
            if (stopped) {
                socket.abort();
            }
        }

        @Override
        public void text(LightSocket from, String text) {
            switch (codec.decodeServiceFrame(text)) {
                case ServiceFrame.Welcome welcome -> welcomed(Duration.ofSeconds(welcome.heartbeatSeconds()));
                case ServiceFrame.Pong ignored -> {
                    answered++;
                    attempt = 0;
                    tally.heartbeats.increment();
                }
                case ServiceFrame.Run run -> {
                    tally.commands.increment();
                    script.run(LoadExtension.this, run);
                }
                case ServiceFrame.ClaimAnswer ignored -> {}
                case ServiceFrame.Cancel ignored -> {}
                case ServiceFrame.LimitWarning ignored -> {}
                case ServiceFrame.UnknownMethod ignored -> {}
                case ServiceFrame.Malformed ignored -> {}
            }
        }

        private void welcomed(Duration heartbeat) {
            answered++;
            welcomed = true;
            tally.welcomes.increment();
            tally.connected.incrementAndGet();
            // Not all at the same moment, however many were welcomed together.
            Duration first = Duration.ofNanos(ThreadLocalRandom.current().nextLong(heartbeat.toNanos()));
            loop.after(first, () -> beat(heartbeat));
        }

        private void beat(Duration heartbeat) {
            if (link == this) {
                request(new ExtensionFrame.Ping(nextId()));
                loop.after(heartbeat, () -> beat(heartbeat));
            }
        }

        private void request(ExtensionFrame request) {
            socket.send(codec.encode(request));
            int number = requests;
            loop.after(ANSWER_PATIENCE, () -> {
                if (link == this && answered < number) {
                    socket.abort();
                }
            });
        }

        private RequestId nextId() {
            return new RequestId.Text("r" + ++requests);
        }

        @Override
        public void closed(LightSocket from, int code) {
            tally.closed(code);
            if (link == this) {
                link = null;
            }
            if (welcomed) {
                tally.connected.decrementAndGet();
            }
            double random = ThreadLocalRandom.current().nextDouble();
            BackOff.after(code, attempt++, random).ifPresent(wait -> loop.after(wait, LoadExtension.this::connect));
        }
    }
}
