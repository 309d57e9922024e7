package io.github.moodlemcp.server.moodle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.bridge.CommandOutcome;
import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.server.internal.Alarms;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private static final CommandOutcome WITHOUT_EFFECT = new CommandOutcome.TimedOut(false);

    private final Alarms alarms = new Alarms();
    private final AtomicInteger givenUp = new AtomicInteger();

    @AfterEach
    void forgetTheInterrupt() {
        Thread.interrupted();
        alarms.close();
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
        return new Waiting(alarms)
                .forOutcome(new CompletableFuture<>(), Deadline.after(limit), givenUp::incrementAndGet);
    }
}
