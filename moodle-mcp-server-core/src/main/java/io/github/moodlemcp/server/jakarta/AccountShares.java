package io.github.moodlemcp.server.jakarta;

import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.bridge.BridgeId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** How much of this node each account may take: browsers at the same time, commands and bytes. Safe for use by many threads. */
final class AccountShares {
    private final int maxBrowsers;
    private final int maxCommands;
    private final ByteBudget bytesOfNode;
    private final long maxBytes;
    private final Map<AccountId, Share> shares = new HashMap<>();

    /**
     * @param maxBrowsers how many browsers of one account may be connected
     * @param maxCommands how many commands may wait for the browsers of one account
     * @param bytesOfNode from which the accounts take bytes
     * @param maxBytes how many bytes of the browsers of one account may be in flight
     */
    AccountShares(int maxBrowsers, int maxCommands, ByteBudget bytesOfNode, long maxBytes) {
        this.maxBrowsers = maxBrowsers;
        this.maxCommands = maxCommands;
        this.bytesOfNode = bytesOfNode;
        this.maxBytes = maxBytes;
    }

    /** What one account has taken. */
    private final class Share {
        /** How many connections each browser has; more than one only while it is superseded. */
        final Map<String, Integer> connections = new HashMap<>();

        final AtomicInteger commands = new AtomicInteger();
        final ByteBudget bytes = bytesOfNode.part(maxBytes);
    }

    /** Takes a place for a connection of this browser; nothing when its account has too many other browsers. */
    Optional<Place> enter(BridgeId bridge) {
        synchronized (shares) {
            Share share = shares.computeIfAbsent(bridge.account(), account -> new Share());
            if (!share.connections.containsKey(bridge.browser()) && share.connections.size() >= maxBrowsers) {
                return Optional.empty();
            }
            share.connections.merge(bridge.browser(), 1, Integer::sum);
            return Optional.of(new Place(bridge, share));
        }
    }

    private void leave(BridgeId bridge, Share share) {
        synchronized (shares) {
            share.connections.computeIfPresent(
                    bridge.browser(), (browser, connections) -> connections > 1 ? connections - 1 : null);
            if (share.connections.isEmpty()) {
                shares.remove(bridge.account(), share);
            }
        }
    }

    /** The place of one connection in the share of its account. */
    final class Place implements AutoCloseable {
        private final BridgeId bridge;
        private final Share share;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Place(BridgeId bridge, Share share) {
            this.bridge = bridge;
            this.share = share;
        }

        /** Takes one command of the account's share; returns whether there was one left. */
        boolean beginCommand() {
            return share.commands.getAndUpdate(taken -> taken < maxCommands ? taken + 1 : taken) < maxCommands;
        }

        /** The account's bytes in flight. */
        ByteBudget bytes() {
            return share.bytes;
        }

        /** Gives back a command that was begun. */
        void endCommand() {
            share.commands.decrementAndGet();
        }

        /** Gives back the place; giving it back twice does nothing. */
        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                leave(bridge, share);
            }
        }
    }
}
