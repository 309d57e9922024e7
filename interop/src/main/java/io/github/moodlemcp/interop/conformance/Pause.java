package io.github.moodlemcp.interop.conformance;

import io.github.moodlemcp.server.feature.McpCall;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The time that a fixture pretends to work. */
final class Pause {
    private Pause() {}

    /** Waits this long, or until the call is cancelled. */
    static void of(Duration duration, McpCall call) {
        CountDownLatch cancelled = new CountDownLatch(1);
        call.onCancel(cancelled::countDown);
        try {
            cancelled.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
