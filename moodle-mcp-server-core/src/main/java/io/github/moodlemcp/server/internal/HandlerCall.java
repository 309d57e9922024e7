package io.github.moodlemcp.server.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.bridge.ProgressListener.Progress;
import io.github.moodlemcp.protocol.jsonrpc.JsonRpcNotification;
import io.github.moodlemcp.protocol.mcp.MetaKey;
import io.github.moodlemcp.protocol.mcp.ProtocolVersion;
import io.github.moodlemcp.server.Caller;
import io.github.moodlemcp.server.feature.Client;
import io.github.moodlemcp.server.feature.InputResponses;
import io.github.moodlemcp.server.feature.LogLevel;
import io.github.moodlemcp.server.feature.McpCall;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a handler is given of an exchange, for one round of it. */
final class HandlerCall implements McpCall {

    /** The shortest time between two progress notifications. */
    private static final Duration PROGRESS_INTERVAL = Duration.ofMillis(20);

    private final McpExchange exchange;
    private final InputResponses input;
    private final @Nullable LogLevel leastLogLevel;
    private final @Nullable JsonNode progressToken;
    private @Nullable BigDecimal lastProgress;
    private long lastProgressAt;

    /** @param leastLogLevel the level from which on the client wants log messages, or null when it wants none */
    HandlerCall(McpExchange exchange, InputResponses input, @Nullable LogLevel leastLogLevel) {
        this.exchange = exchange;
        this.input = input;
        this.leastLogLevel = leastLogLevel;
        this.progressToken = exchange.request().params().path("_meta").get(MetaKey.PROGRESS_TOKEN);
    }

    @Override
    public Caller caller() {
        return exchange.caller();
    }

    @Override
    public Client client() {
        return exchange.client();
    }

    @Override
    public ProtocolVersion version() {
        return exchange.version();
    }

    @Override
    public InputResponses input() {
        return input;
    }

    @Override
    public Deadline deadline() {
        return exchange.deadline();
    }

    @Override
    public void progress(Progress progress) {
        if (progressToken == null || !advances(progress.done())) {
            return;
        }
        ObjectNode params = JsonNodeFactory.instance.objectNode();
        params.set("progressToken", progressToken);
        params.put("progress", progress.done());
        if (progress.total() != null) {
            params.put("total", progress.total());
        }
        if (progress.message() != null) {
            params.put("message", progress.message());
        }
        exchange.outbound().send(new JsonRpcNotification("notifications/progress", params));
    }

    private synchronized boolean advances(BigDecimal done) {
        long now = System.nanoTime();
        boolean grows = lastProgress == null || done.compareTo(lastProgress) > 0;
        boolean isSlowEnough = lastProgress == null || now - lastProgressAt >= PROGRESS_INTERVAL.toNanos();
        if (!grows || !isSlowEnough) {
            return false;
        }
        lastProgress = done;
        lastProgressAt = now;
        return true;
    }

    @Override
    public void log(LogLevel level, JsonNode data) {
        if (leastLogLevel == null || level.compareTo(leastLogLevel) < 0) {
            return;
        }
        ObjectNode params = JsonNodeFactory.instance.objectNode().put("level", level.text());
        params.set("data", data);
        exchange.outbound().send(new JsonRpcNotification("notifications/message", params));
    }

    @Override
    public boolean isCancelled() {
        return exchange.cancellation().isCancelled();
    }

    @Override
    public void onCancel(Runnable action) {
        exchange.cancellation().onCancel(action);
    }
}
