package io.github.moodlemcp.server.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.moodlemcp.bridge.Command;
import io.github.moodlemcp.bridge.CommandId;
import io.github.moodlemcp.bridge.CommandOutcome;
import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.bridge.ProgressListener;
import io.github.moodlemcp.bridge.SideEffect;
import io.github.moodlemcp.server.jakarta.PendingCommands.Mention;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PendingCommandsTest {
    private static final Deadline LATER = Deadline.after(Duration.ofMinutes(1));
    private static final Deadline OVER = Deadline.after(Duration.ZERO);

    private final SecureRandom random = new SecureRandom();
    private final PendingCommands pending = new PendingCommands(2);

    @Test
    void aCommandEndsOnce() {
        Command command = command();
        CompletableFuture<CommandOutcome> outcome = noted(command, LATER);

        assertThat(pending.end(command.id().value(), claimed -> new CommandOutcome.NotConnected()))
                .isTrue();
        assertThat(pending.end(command.id().value(), CommandOutcome.TimedOut::new))
                .isFalse();
        assertThat(outcome).isCompletedWithValue(new CommandOutcome.NotConnected());
    }

    @Test
    void anEndedCommandIsRememberedAndAnUnknownOneIsNot() {
        Command command = command();
        noted(command, LATER);
        pending.end(command.id().value(), CommandOutcome.TimedOut::new);

        assertThat(pending.hasEnded(command.id().value())).isTrue();
        assertThat(pending.hasEnded(command().id().value())).isFalse();
    }

    @Test
    void noMoreWaitThanTheLimit() {
        noted(command(), LATER);
        noted(command(), LATER);

        assertThat(pending.note(command(), LATER, ProgressListener.none()))
                .isInstanceOf(PendingCommands.Noted.Full.class);
    }

    @Test
    void aClaimIsGrantedOnceAndChangesHowTheCommandEnds() {
        Command command = command();
        CompletableFuture<CommandOutcome> outcome = noted(command, LATER);

        assertThat(pending.claim(command.id().value())).isEmpty();
        assertThat(pending.claim(command.id().value())).contains("already_claimed");
        pending.close(CommandOutcome.Disconnected::new);
        assertThat(outcome).isCompletedWithValue(new CommandOutcome.Disconnected(true));
    }

    @Test
    void aClaimIsRefusedWhenItIsTooLateOrUnknown() {
        Command over = command();
        noted(over, OVER);
        Command ended = command();
        noted(ended, LATER);
        pending.end(ended.id().value(), CommandOutcome.TimedOut::new);

        assertThat(pending.claim(over.id().value())).contains("expired");
        assertThat(pending.claim(ended.id().value())).contains("expired");
        assertThat(pending.claim(command().id().value())).contains("unknown_command");
    }

    @Test
    void afterACancellationNoClaimIsGranted() {
        Command command = command();
        CompletableFuture<CommandOutcome> outcome = noted(command, LATER);

        assertThat(pending.cancel(command.id().value())).isTrue();
        assertThat(pending.cancel(command.id().value())).isFalse();
        assertThat(pending.claim(command.id().value())).contains("cancelled");
        assertThat(outcome).isCompletedWithValue(new CommandOutcome.TimedOut(false));
    }

    @Test
    void aClaimedCommandIsNotCancelledButGoesOnToItsEnd() {
        Command command = command();
        CompletableFuture<CommandOutcome> outcome = noted(command, LATER);
        pending.claim(command.id().value());

        assertThat(pending.cancel(command.id().value())).isFalse();
        assertThat(outcome).isNotDone();
        assertThat(pending.end(command.id().value(), CommandOutcome.TimedOut::new))
                .isTrue();
        assertThat(outcome).isCompletedWithValue(new CommandOutcome.TimedOut(true));
    }

    @Test
    void theListenerHearsOnceOfTheApprovalAndTheClaim() {
        Hearing hearing = new Hearing();
        Command command = command();
        pending.note(command, LATER, hearing);

        pending.approvalAsked(command.id().value());
        pending.approvalAsked(command.id().value());
        pending.claim(command.id().value());
        pending.claim(command.id().value());
        pending.approvalAsked(command.id().value());

        assertThat(hearing.heard).containsExactly("asked", "claimed");
    }

    @Test
    void aCommandThatHasEndedTellsNothing() {
        Hearing hearing = new Hearing();
        Command command = command();
        pending.note(command, LATER, hearing);
        pending.cancel(command.id().value());

        pending.approvalAsked(command.id().value());
        pending.claim(command.id().value());

        assertThat(hearing.heard).isEmpty();
    }

    @Test
    void theOutcomeWaitsUntilTheListenerHasHeardOfTheClaim() {
        Command command = command();
        String id = command.id().value();
        AtomicReference<CompletableFuture<CommandOutcome>> outcome = new AtomicReference<>();
        List<Boolean> endedBefore = new ArrayList<>();
        PendingCommands.Noted noted = pending.note(command, LATER, new ProgressListener() {
            @Override
            public void progressed(Progress progress) {}

            @Override
            public void claimed() {
                pending.close(CommandOutcome.Disconnected::new);
                endedBefore.add(outcome.get().isDone());
            }
        });
        outcome.set(((PendingCommands.Noted.Waiting) noted).outcome().toCompletableFuture());

        assertThat(pending.claim(id)).isEmpty();

        assertThat(endedBefore).containsExactly(false);
        assertThat(outcome.get()).isCompletedWithValue(new CommandOutcome.Disconnected(true));
    }

    private static final class Hearing implements ProgressListener {
        final List<String> heard = new ArrayList<>();

        @Override
        public void progressed(Progress progress) {}

        @Override
        public void approvalAsked() {
            heard.add("asked");
        }

        @Override
        public void claimed() {
            heard.add("claimed");
        }
    }

    @Test
    void oneApprovalClaimAndReplyOfACommandAreExpectedEvenAfterItsEnd() {
        String waiting = notedId();
        String ended = notedId();
        pending.end(ended, CommandOutcome.TimedOut::new);

        for (String command : List.of(waiting, ended)) {
            for (Mention mention : List.of(Mention.APPROVAL, Mention.CLAIM, Mention.REPLY)) {
                assertThat(pending.isExpected(command, mention, 0)).isTrue();
                assertThat(pending.isExpected(command, mention, 0)).isFalse();
            }
        }
        pending.end(waiting, CommandOutcome.TimedOut::new);
        assertThat(pending.isExpected(waiting, Mention.REPLY, 0)).isFalse();
        assertThat(pending.isExpected(command().id().value(), Mention.REPLY, 0)).isFalse();
    }

    @Test
    void oneProgressASecondIsExpectedWhileACommandWaits() {
        String command = notedId();
        long second = TimeUnit.SECONDS.toNanos(1);
        long start = Long.MAX_VALUE - second;

        assertThat(pending.isExpected(command, Mention.PROGRESS, start)).isTrue();
        assertThat(pending.isExpected(command, Mention.PROGRESS, start + second - 1))
                .isFalse();
        assertThat(pending.isExpected(command, Mention.PROGRESS, start + second))
                .isTrue();
        assertThat(pending.isExpected(command, Mention.PROGRESS, start + 2 * second))
                .isTrue();

        pending.end(command, CommandOutcome.TimedOut::new);
        assertThat(pending.isExpected(command, Mention.PROGRESS, start + 3 * second))
                .isFalse();
    }

    @Test
    void closingEndsAllAndLetsNoMoreIn() {
        CompletableFuture<CommandOutcome> first = noted(command(), LATER);
        CompletableFuture<CommandOutcome> second = noted(command(), LATER);

        pending.close(CommandOutcome.Disconnected::new);

        assertThat(first).isCompletedWithValue(new CommandOutcome.Disconnected(false));
        assertThat(second).isCompletedWithValue(new CommandOutcome.Disconnected(false));
        assertThat(pending.note(command(), LATER, ProgressListener.none()))
                .isInstanceOf(PendingCommands.Noted.Closed.class);
    }

    private String notedId() {
        Command command = command();
        noted(command, LATER);
        return command.id().value();
    }

    private CompletableFuture<CommandOutcome> noted(Command command, Deadline deadline) {
        PendingCommands.Noted noted = pending.note(command, deadline, ProgressListener.none());
        assertThat(noted).isInstanceOf(PendingCommands.Noted.Waiting.class);
        return ((PendingCommands.Noted.Waiting) noted).outcome().toCompletableFuture();
    }

    private Command command() {
        return new Command(
                CommandId.random(random), "list_courses", JsonNodeFactory.instance.objectNode(), null, SideEffect.READ);
    }
}
