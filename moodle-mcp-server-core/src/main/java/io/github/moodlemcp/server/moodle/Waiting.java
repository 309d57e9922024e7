package io.github.moodlemcp.server.moodle;

import io.github.moodlemcp.bridge.CommandOutcome;
import io.github.moodlemcp.bridge.Deadline;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Blocks the thread of a request until a stage is complete. */
final class Waiting {

    /** What a router may take beyond the deadline before it counts as one that broke its contract. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private Waiting() {}

    /** The outcome of a command that needs no claim; {@code giveUp} runs when nobody waits any longer. */
    static CommandOutcome forOutcome(CompletionStage<CommandOutcome> stage, Deadline deadline, Runnable giveUp) {
        try {
            return stage.toCompletableFuture()
                    .get(deadline.remaining().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
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
    static <T> T forValue(CompletionStage<T> stage, Deadline deadline, T otherwise) {
        try {
            return stage.toCompletableFuture().get(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return otherwise;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return otherwise;
        } catch (ExecutionException e) {
            throw new IllegalStateException("The router failed", e.getCause());
        }
    }
}
