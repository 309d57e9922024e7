package io.github.moodlemcp.server.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.moodlemcp.bridge.AccountId;
import io.github.moodlemcp.bridge.BridgeId;
import io.github.moodlemcp.bridge.CommandId;
import io.github.moodlemcp.bridge.CommandOutcome;
import io.github.moodlemcp.bridge.Deadline;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a call that goes takes the write along: when it was the last one, and nothing has become of the write. */
class LiveWriteTest {
    private final LiveWrite write =
            new LiveWrite(new BridgeId(new AccountId("anna"), "laptop"), CommandId.random(new SecureRandom()));

    @Test
    void onlyTheLastOfItsCallsTakesItAlong() {
        LiveWrite.Waiter first = write.enter(progress -> {});
        LiveWrite.Waiter second = write.enter(progress -> {});

        assertThat(first.leave()).isFalse();
        assertThat(second.leave()).isTrue();
        assertThat(second.leave()).isFalse();
    }

    @Test
    void onceACallWasToldToComeBackItGoesOnAlone() throws InterruptedException {
        LiveWrite.Waiter only = write.enter(progress -> {});
        write.asked();

        assertThat(write.await(Deadline.after(Duration.ofMinutes(1)), Duration.ofMillis(1)))
                .isEqualTo(new LiveWrite.Seen.PersonIsAsked());

        assertThat(only.leave()).isFalse();
    }

    @Test
    void aQuestionAloneKeepsNothingGoing() {
        LiveWrite.Waiter only = write.enter(progress -> {});
        write.asked();

        assertThat(only.leave()).isTrue();
    }

    @Test
    void whatWasClaimedGoesOn() {
        LiveWrite.Waiter only = write.enter(progress -> {});
        write.claimed();

        assertThat(only.leave()).isFalse();
    }

    @Test
    void whatHasEndedIsNotEndedAgain() {
        LiveWrite.Waiter only = write.enter(progress -> {});
        write.ended(new CommandOutcome.TimedOut(false));

        assertThat(only.leave()).isFalse();
    }
}
