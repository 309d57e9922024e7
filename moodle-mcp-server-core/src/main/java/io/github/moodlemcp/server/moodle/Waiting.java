package io.github.moodlemcp.server.moodle;

import io.github.moodlemcp.bridge.CommandOutcome;
import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.server.internal.Alarms;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Blocks the thread of a request until a stage is complete. */
final class Waiting {

    /** What a router may take beyond the deadline before it counts as one that broke its contract. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Alarms alarms;

    /** @param alarms end the waiting */
    Waiting(Alarms alarms) {
        this.alarms = alarms;
    }

    /** The outcome of a command that needs no claim; {@code giveUp} runs when nobody waits any longer. */
    CommandOutcome forOutcome(CompletionStage<CommandOutcome> stage, Deadline deadline, Runnable giveUp) {
        try {
            return get(stage, deadline.remaining().plus(GRACE));
        } catch (TimeoutException e) {
            giveUp.run();
            return new CommandOutcome.TimedOut(false);
        } catch (InterruptedException e) {
            giveUp.run();
            Thread.currentThread().interrupt();
            return new CommandOutcome.TimedOut(false);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The router failed", e.getCause());
        }
    }

    /** The value, or {@code otherwise} when it does not come in time. */
    <T> T forValue(CompletionStage<T> stage, Deadline deadline, T otherwise) {
        try {
            return get(stage, deadline.remaining());
        } catch (TimeoutException e) {
            return otherwise;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return otherwise;
        } catch (ExecutionException e) {
            throw new IllegalStateException("The router failed", e.getCause());
        }
    }

    private <T> T get(CompletionStage<T> stage, Duration atMost)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<T> future = stage.toCompletableFuture();
        if (future.isDone()) {
            return future.get();
        }
        CompletableFuture<Boolean> inTime = new CompletableFuture<>();
        future.whenComplete((value, failure) -> inTime.complete(true));
        try (Alarms.Alarm ignored = alarms.after(atMost, () -> inTime.complete(false))) {
            if (!inTime.get()) {
                throw new TimeoutException();
            }
        }
        return future.get();
    }
}
