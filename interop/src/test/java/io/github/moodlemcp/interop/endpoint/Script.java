package io.github.moodlemcp.interop.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.interop.wire.Toys;
import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.server.feature.McpCall;
import io.github.moodlemcp.server.feature.ToolHandler;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** A handler that does, one after the other, what a test tells it while it is at work. */
final class Script implements ToolHandler {
    private final BlockingQueue<Function<McpCall, Optional<McpResult.OfTool>>> steps = new LinkedBlockingQueue<>();

    /** Completed when the handler was called. */
    final CompletableFuture<McpCall> called = new CompletableFuture<>();

    /** Completed when its call was cancelled. */
    final CompletableFuture<Void> cancelled = new CompletableFuture<>();

    @Override
    public McpResult.OfTool call(ObjectNode arguments, McpCall call) {
        call.onCancel(() -> cancelled.complete(null));
        called.complete(call);
        try {
            while (true) {
                Function<McpCall, Optional<McpResult.OfTool>> step = steps.poll(20, TimeUnit.SECONDS);
                if (step == null) {
                    throw new IllegalStateException("Nobody told the handler what to do");
                }
                Optional<McpResult.OfTool> end = step.apply(call);
                if (end.isPresent()) {
                    return end.get();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void then(Consumer<McpCall> step) {
        steps.add(call -> {
            step.accept(call);
            return Optional.empty();
        });
    }

    void end(String text) {
        end(Toys.text(text));
    }

    void end(McpResult.OfTool result) {
        steps.add(call -> Optional.of(result));
    }
}
