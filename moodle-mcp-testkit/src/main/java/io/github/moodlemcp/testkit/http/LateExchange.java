package io.github.moodlemcp.testkit.http;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** One request that is answered when, and as, a test says. Safe for use by many threads. */
final class LateExchange {
    private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();

    /** The request waits for its first step. */
    final CompletableFuture<String> arrived = new CompletableFuture<>();

    /** The container told that the client has gone. */
    final CompletableFuture<Void> gone = new CompletableFuture<>();

    /** Writing failed. */
    final CompletableFuture<IOException> writeFailed = new CompletableFuture<>();

    /** What the server does next. */
    sealed interface Step {
        /** Answer with JSON, as the first step alone. */
        record Json(String text) implements Step {}

        /** Stream an event or a comment. */
        record Event(String text) implements Step {}

        /** End the stream. */
        record End() implements Step {}
    }

    void next(Step step) {
        steps.add(step);
    }

    Step take() {
        try {
            return steps.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Step.End();
        }
    }
}
