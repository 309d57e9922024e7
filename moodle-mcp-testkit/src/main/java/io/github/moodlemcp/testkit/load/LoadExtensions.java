package io.github.moodlemcp.testkit.load;

import static java.util.Objects.requireNonNull;

import io.github.moodlemcp.protocol.bridge.BridgeCodec;
import io.github.moodlemcp.protocol.bridge.BridgeProtocol;
import io.github.moodlemcp.protocol.bridge.Hello;
import io.github.moodlemcp.protocol.bridge.SiteState;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Thousands of extensions in one process, to put a service under load: each a real WebSocket that introduces itself, sends
 * its heartbeats spread in time, answers commands by a script, and comes back with the extension's own back-off. Safe for
 * use by many threads.
 *
 * <pre>{@code
 * try (LoadExtensions extensions = LoadExtensions.builder(URI.create("ws://127.0.0.1:8080/ws"), origin)
 *         .script(LoadScript.replying(result))
 *         .build()) {
 *     tokens.forEach(token -> extensions.add(token, "Load"));
 *     await().until(() -> extensions.counts().connected() == tokens.size());
 * }
 * }</pre>
 */
public final class LoadExtensions implements AutoCloseable {
    private static final int FRAME_LIMIT = 1 << 20;
    private static final int CONNECTIONS_PER_ADDRESS = 20_000;
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Builder plan;
    private final List<SocketLoop> loops = new ArrayList<>();
    private final Queue<LoadExtension> extensions = new ConcurrentLinkedQueue<>();
    private final BridgeCodec codec = new BridgeCodec(FRAME_LIMIT);
    private final LoadTally tally = new LoadTally();
    private final AtomicInteger added = new AtomicInteger();
    private final AtomicLong nextConnect = new AtomicLong(System.nanoTime());

    private LoadExtensions(Builder plan) {
        this.plan = plan;
        for (int i = 0; i < plan.threads; i++) {
            loops.add(new SocketLoop());
        }
    }

    /**
     * Plans extensions of one service.
     *
     * @param url of the WebSocket, with scheme {@code ws}
     * @param origin such as {@code chrome-extension://} and the id
     */
    public static Builder builder(URI url, String origin) {
        return new Builder(url, origin);
    }

    /** Adds an extension with a browser id of its own, and lets it connect in its turn. */
    public LoadExtension add(String token, String browserName) {
        return add(token, new Hello.Browser(UUID.randomUUID().toString(), browserName));
    }

    /** Adds an extension for this browser, and lets it connect in its turn. */
    public LoadExtension add(String token, Hello.Browser browser) {
        int number = added.getAndIncrement();
        SocketLoop loop = loops.get(number % loops.size());
        LoadExtension extension = new LoadExtension(
                loop,
                plan.handshake(token, number / CONNECTIONS_PER_ADDRESS),
                new Hello(
                        BridgeProtocol.VERSION,
                        browser,
                        new Hello.Extension(plan.version),
                        plan.sites,
                        plan.operations,
                        List.of()),
                plan.script,
                codec,
                tally);
        extensions.add(extension);
        tally.extensions.incrementAndGet();
        loop.after(untilItsTurn(), extension::connect);
        return extension;
    }

    private Duration untilItsTurn() {
        long now = System.nanoTime();
        long interval = NANOS_PER_SECOND / plan.connectsPerSecond;
        long turn = nextConnect.updateAndGet(earlier -> Math.max(earlier + interval, now));
        return Duration.ofNanos(turn - now);
    }

    /** What happened so far. */
    public LoadCounts counts() {
        return tally.counts();
    }

    /** All extensions, in the order they were added. */
    public List<LoadExtension> all() {
        return List.copyOf(extensions);
    }

    /** Ends all connections without a close frame, and the threads. */
    @Override
    public void close() {
        extensions.forEach(LoadExtension::stop);
        loops.forEach(SocketLoop::close);
    }

    /** Collects what the extensions are; for one thread. */
    public static final class Builder {
        private final URI url;
        private final String origin;
        private LoadScript script = LoadScript.silent();
        private List<SiteState> sites =
                List.of(new SiteState("moodle.example.edu", "https://moodle.example.edu", "signed_in", 2L, null));
        private List<String> operations = List.of("get_course", "get_status", "list_courses");
        private String version = "0.1.0";
        private int threads = 1;
        private int connectsPerSecond = 1000;

        private Builder(URI url, String origin) {
            this.url = requireNonNull(url, "url");
            this.origin = requireNonNull(origin, "origin");
        }

        /** What they do with commands; by default they stay silent. */
        public Builder script(LoadScript given) {
            script = requireNonNull(given, "script");
            return this;
        }

        /** The Moodle sites they have; by default one, signed in. */
        public Builder sites(List<SiteState> given) {
            sites = List.copyOf(given);
            return this;
        }

        /** The operations they say they have; those of the product's reading tools by default. */
        public Builder operations(List<String> given) {
            operations = List.copyOf(given);
            return this;
        }

        /** The version of the extension they say they are. */
        public Builder version(String given) {
            version = requireNonNull(given, "version");
            return this;
        }

        /** How many threads serve them, at least 1, which is the default. */
        public Builder threads(int count) {
            threads = atLeastOne(count, "threads");
            return this;
        }

        /** How many may connect for the first time in a second; 1000 by default. Those that come back follow their back-off. */
        public Builder connectsPerSecond(int count) {
            connectsPerSecond = atLeastOne(count, "connectsPerSecond");
            return this;
        }

        /** Starts the threads; nothing connects until an extension is added. */
        public LoadExtensions build() {
            return new LoadExtensions(this);
        }

        private Handshake handshake(String token, int address) {
            Handshake handshake = Handshake.ofExtension(url, origin, token);
            // The ports of one address to one server run out; a loopback has more addresses.
            return address == 0 ? handshake : handshake.from(loopback(address));
        }

        private static InetAddress loopback(int number) {
            try {
                return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (number + 1)});
            } catch (UnknownHostException e) {
                throw new IllegalStateException(e);
            }
        }

        private static int atLeastOne(int count, String what) {
            if (count < 1) {
                throw new IllegalArgumentException(what + " must be at least 1, not " + count);
            }
            return count;
        }
    }
}
