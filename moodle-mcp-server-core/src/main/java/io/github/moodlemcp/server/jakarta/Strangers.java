package io.github.moodlemcp.server.jakarta;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Counts the connections that have not been welcomed yet, at this node and from each remote address, exactly. Safe for use
 * by many threads.
 */
final class Strangers {
    private static final int NETWORK_BYTES = 8;

    private final int limit;
    private final int limitPerAddress;
    private final Map<String, Integer> byAddress = new HashMap<>();
    private int all;

    /**
     * @param limit how many there may be
     * @param limitPerAddress how many of them may come from one address
     */
    Strangers(int limit, int limitPerAddress) {
        this.limit = limit;
        this.limitPerAddress = limitPerAddress;
    }

    /** What came of entering. */
    sealed interface Entry {
        /** It is counted until the place is closed; closing it twice does nothing. */
        record Counted(Place place) implements Entry {}

        /** Too many came from its address. */
        record AddressFull() implements Entry {}

        /** Too many are at this node. */
        record NodeFull() implements Entry {}
    }

    /**
     * Counts one more.
     *
     * @param address an IP address; empty when it is not known, and then only the node counts it. The addresses of an
     *     IPv6 network of 64 bits count as one
     */
    Entry enter(String address) {
        String group = group(address);
        synchronized (byAddress) {
            if (all >= limit) {
                return new Entry.NodeFull();
            }
            if (!group.isEmpty() && byAddress.getOrDefault(group, 0) >= limitPerAddress) {
                return new Entry.AddressFull();
            }
            all++;
            byAddress.merge(group, 1, Integer::sum);
        }
        return new Entry.Counted(new Place(group));
    }

    private void leave(String group) {
        synchronized (byAddress) {
            all--;
            byAddress.computeIfPresent(group, (same, count) -> count > 1 ? count - 1 : null);
        }
    }

    private static String group(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            // With a colon in it this is a literal, and no name is looked up.
            InetAddress parsed = InetAddress.getByName(address);
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES))
                    : parsed.getHostAddress();
        } catch (UnknownHostException e) {
            return address;
        }
    }

    /** The place of one connection. */
    final class Place implements AutoCloseable {
        private final String group;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Place(String group) {
            this.group = group;
        }

        /** Counts it no more. */
        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                leave(group);
            }
        }
    }
}
