package io.github.moodlemcp.bridge;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The default router: one node, which holds every connection itself. */
public final class InProcessCommandRouter implements CommandRouter {

    /** The connections of each account by browser; the inner maps are immutable and replaced as a whole. */
    private final ConcurrentMap<AccountId, Map<String, BridgeConnection>> connections = new ConcurrentHashMap<>();

    /** A router that holds no connection yet. */
    public InProcessCommandRouter() {}

    @Override
    public Registration register(BridgeConnection connection) {
        BridgeId bridge = connection.bridge();
        AtomicReference<@Nullable BridgeConnection> earlier = new AtomicReference<>();
        connections.compute(bridge.account(), (account, held) -> {
            Map<String, BridgeConnection> changed = held == null ? new HashMap<>() : new HashMap<>(held);
            earlier.set(changed.put(bridge.browser(), connection));
            return Map.copyOf(changed);
        });
        BridgeConnection superseded = earlier.get();
        if (superseded != null && superseded != connection) {
            superseded.close(CloseReason.SUPERSEDED);
        }
        return () -> remove(bridge, connection);
    }

    @Override
    public CompletionStage<CommandOutcome> route(
            BridgeId bridge, Command command, Deadline deadline, ProgressListener progress) {
        BridgeConnection connection = find(bridge);
        if (connection == null) {
            return completedFuture(new CommandOutcome.NotConnected());
        }
        return connection.send(command, deadline, progress);
    }

    @Override
    public void cancel(BridgeId bridge, CommandId command) {
        BridgeConnection connection = find(bridge);
        if (connection != null) {
            connection.cancel(command);
        }
    }

    @Override
    public void disconnect(BridgeId bridge, CloseReason reason) {
        BridgeConnection connection = find(bridge);
        if (connection != null) {
            remove(bridge, connection);
            connection.close(reason);
        }
    }

    @Override
    public CompletionStage<List<ConnectedBrowser>> connected(AccountId account) {
        return completedFuture(connections.getOrDefault(account, Map.of()).values().stream()
                .map(BridgeConnection::describe)
                .sorted(Comparator.comparing(browser -> browser.id().browser()))
                .toList());
    }

    private @Nullable BridgeConnection find(BridgeId bridge) {
        return connections.getOrDefault(bridge.account(), Map.of()).get(bridge.browser());
    }

    private void remove(BridgeId bridge, BridgeConnection connection) {
        connections.computeIfPresent(bridge.account(), (account, held) -> {
            if (held.get(bridge.browser()) != connection) {
                return held;
            }
            Map<String, BridgeConnection> changed = new HashMap<>(held);
            changed.remove(bridge.browser());
            return changed.isEmpty() ? null : Map.copyOf(changed);
        });
    }
}
