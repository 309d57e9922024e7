package io.github.moodlemcp.server.moodle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.bridge.CommandOutcome;
import io.github.moodlemcp.bridge.Deadline;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private static final CommandOutcome WITHOUT_EFFECT = new CommandOutcome.TimedOut(false);

    private final AtomicInteger givenUp = new AtomicInteger();

    @AfterEach
    void forgetTheInterrupt() {
        Thread.interrupted();
    }

    @Test
    void aRouterThatIsLateHasNotWritten() {
        assertThat(wait(Duration.ZERO)).isEqualTo(WITHOUT_EFFECT);
        assertThat(givenUp).hasValue(1);
    }

    @Test
    void aThreadThatIsInterruptedGivesUpAtOnceAndStaysInterrupted() {
        Thread.currentThread().interrupt();

        assertThat(wait(Duration.ofMinutes(1))).isEqualTo(WITHOUT_EFFECT);
        assertThat(givenUp).hasValue(1);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    private CommandOutcome wait(Duration limit) {
        return Waiting.forOutcome(new CompletableFuture<>(), Deadline.after(limit), givenUp::incrementAndGet);
    }
}
