package io.github.moodlemcp.testkit.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.bridge.BridgeConnection;
import io.github.moodlemcp.bridge.CloseReason;
import io.github.moodlemcp.bridge.Command;
import io.github.moodlemcp.bridge.CommandId;
import io.github.moodlemcp.bridge.CommandOutcome;
import io.github.moodlemcp.bridge.Deadline;
import io.github.moodlemcp.bridge.ProgressListener;
import io.github.moodlemcp.bridge.SideEffect;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The rules of {@link BridgeConnection}: extend it for your connection. Each test is named for its rule.
 */
public abstract class BridgeConnectionContract {
    private static final int PATIENCE_SECONDS = 5;
    private static final int RACES = 50;
    private static final Duration SHORT = Duration.ofMillis(300);

    private final SecureRandom random = new SecureRandom();
    private BridgeConnection connection;
    private Peer peer;

    /** For the subclass alone. */
    protected BridgeConnectionContract() {}

    /** A live connection, and who is at its other end; each time another browser's. */
    protected abstract Opened open();

    /** A live connection to a browser, and the browser. */
    public record Opened(BridgeConnection connection, Peer peer) {}

    /** The browser at the other end of a connection. For one thread at a time, but for {@link #claim}. */
    public interface Peer {

        /** The command that reaches it next, in the order they come; fails when none comes within 10 s. */
        CommandId nextCommand();

        /** Returns once it was told that nobody waits for the command any more; fails when it is not within 10 s. */
        void awaitCancellation(CommandId command);

        /** Says that the person is being asked now whether the command may run. */
        void askApproval(CommandId command);

        /**
         * Claims a command, and returns when that is answered.
         *
         * @return nothing when the claim was granted, else the word for why not
         */
        Optional<String> claim(CommandId command);

        /** Says that the command ended with this result. */
        void reply(CommandId command, JsonNode result);

        /** Goes away without a word. */
        void leave();
    }

    @BeforeEach
    void openOne() {
        Opened opened = open();
        connection = opened.connection();
        peer = opened.peer();
    }

    @Test
    @DisplayName("CONN-1: the reply is the outcome")
    void conn1Reply() {
        Sent sent = send();

        peer.reply(sent.arrived(), result("it"));

        assertThat(sent.outcome()).isEqualTo(new CommandOutcome.Completed(result("it")));
    }

    @Test
    @DisplayName("CONN-1: a command that nobody answers is over at its deadline, and stays so")
    void conn1Deadline() {
        Sent sent = send(SHORT, ProgressListener.none());
        CommandId command = sent.arrived();

        assertThat(sent.outcome()).isEqualTo(new CommandOutcome.TimedOut(false));
        peer.awaitCancellation(command);
        peer.reply(command, result("late"));
        peerIsHeard();
        assertThat(sent.outcome()).isEqualTo(new CommandOutcome.TimedOut(false));
    }

    @Test
    @DisplayName("CONN-1: a claimed command whose deadline is over is said to have been claimed")
    void conn1ClaimedDeadline() {
        Sent sent = send(Duration.ofSeconds(2), ProgressListener.none());

        assertThat(peer.claim(sent.arrived())).isEmpty();

        assertThat(sent.outcome()).isEqualTo(new CommandOutcome.TimedOut(true));
    }

    @Test
    @DisplayName("CONN-2: a reply that came on another connection completes nothing")
    void conn2() {
        Opened other = open();
        Sent sent = send();
        CommandId command = sent.arrived();

        other.peer().reply(command, result("forged"));
        Sent others = new Sent(other, Duration.ofSeconds(30), ProgressListener.none());
        other.peer().reply(others.arrived(), result("other"));
        others.outcome();
        peer.reply(command, result("true"));

        assertThat(sent.outcome()).isEqualTo(new CommandOutcome.Completed(result("true")));
    }

    @Test
    @DisplayName("CONN-3: when the browser is gone its commands are over at once, and it is said which were claimed")
    void conn3Gone() {
        Sent claimed = send();
        Sent unclaimed = send();
        assertThat(peer.claim(claimed.arrived())).isEmpty();
        unclaimed.arrived();

        peer.leave();

        assertThat(claimed.outcome()).isEqualTo(new CommandOutcome.Disconnected(true));
        assertThat(unclaimed.outcome()).isEqualTo(new CommandOutcome.Disconnected(false));
    }

    @Test
    @DisplayName(
            "CONN-3: when the service closes the connection its commands are over at once, and so is what comes later")
    void conn3Closed() {
        Sent sent = send();
        sent.arrived();

        connection.close(CloseReason.RESTART);
        connection.close(CloseReason.RESTART);

        assertThat(sent.outcome()).isEqualTo(new CommandOutcome.Disconnected(false));
        assertThat(send().outcome()).isIn(new CommandOutcome.NotConnected(), new CommandOutcome.Disconnected(false));
    }

    @Test
    @DisplayName("CONN-4: a command is sent once, even when nobody answers it")
    void conn4() {
        Sent first = send(SHORT, ProgressListener.none());
        assertThat(first.arrived()).isEqualTo(first.command.id());
        first.outcome();

        Sent second = send();
        Sent third = send();

        assertThat(peer.nextCommand()).isEqualTo(second.command.id());
        assertThat(peer.nextCommand()).isEqualTo(third.command.id());
    }

    @Test
    @DisplayName("CONN-5: a claim is granted once")
    void conn5Once() {
        CommandId command = send().arrived();

        assertThat(peer.claim(command)).isEmpty();
        assertThat(peer.claim(command)).contains("already_claimed");
    }

    @Test
    @DisplayName("CONN-5: no claim is granted after the command was cancelled, which the browser is told")
    void conn5Cancelled() {
        Sent sent = send();
        CommandId command = sent.arrived();

        connection.cancel(command);

        assertThat(sent.outcome()).isEqualTo(new CommandOutcome.TimedOut(false));
        peer.awaitCancellation(command);
        assertThat(peer.claim(command)).contains("cancelled");
    }

    @Test
    @DisplayName("CONN-5: no claim is granted after the deadline")
    void conn5Expired() {
        Sent sent = send(SHORT, ProgressListener.none());
        CommandId command = sent.arrived();
        sent.outcome();

        assertThat(peer.claim(command)).contains("expired");
    }

    @Test
    @DisplayName("CONN-5: no claim is granted after the end, nor of a command that was never sent")
    void conn5Ended() {
        Sent sent = send();
        CommandId command = sent.arrived();
        peer.reply(command, result("done"));
        sent.outcome();

        assertThat(peer.claim(command)).contains("expired");
        assertThat(peer.claim(CommandId.random(random))).contains("unknown_command");
    }

    @Test
    @DisplayName("CONN-5: what was claimed is not cancelled but goes on to its end")
    void conn5Claimed() {
        Sent sent = send();
        CommandId command = sent.arrived();
        assertThat(peer.claim(command)).isEmpty();

        connection.cancel(command);
        peer.reply(command, result("done"));

        assertThat(sent.outcome()).isEqualTo(new CommandOutcome.Completed(result("done")));
    }

    @Test
    @DisplayName("CONN-5: of a claim and a cancellation at the same moment exactly one counts")
    void conn5Race() {
        for (int race = 0; race < RACES; race++) {
            Sent sent = send();
            CommandId command = sent.arrived();
            CompletableFuture<Void> cancelled = CompletableFuture.runAsync(() -> connection.cancel(command));
            boolean granted = peer.claim(command).isEmpty();
            get(cancelled);
            if (granted) {
                peer.reply(command, result("done"));
            }

            assertThat(sent.outcome())
                    .isEqualTo(
                            granted
                                    ? new CommandOutcome.Completed(result("done"))
                                    : new CommandOutcome.TimedOut(false));
        }
    }

    @Test
    @DisplayName("CONN-5: an approval and a claim reach the listener of the command, once and before the outcome")
    void conn5Told() {
        List<String> heard = new CopyOnWriteArrayList<>();
        List<String> heardOfOther = new CopyOnWriteArrayList<>();
        Sent sent = send(Duration.ofSeconds(30), new WritingDown(heard));
        Sent other = send(Duration.ofSeconds(30), new WritingDown(heardOfOther));
        CompletionStage<Boolean> ended = sent.stage.thenApply(outcome -> heard.add("outcome"));
        CommandId command = sent.arrived();
        other.arrived();

        peer.askApproval(command);
        peer.askApproval(command);
        peer.claim(command);
        peer.claim(command);
        peer.reply(command, result("done"));

        get(ended);
        peerIsHeard();
        assertThat(heard).containsExactly("asked", "claimed", "outcome");
        assertThat(heardOfOther).isEmpty();
    }

    /** What the peer said before has been taken in. */
    private void peerIsHeard() {
        Sent sent = send();
        peer.reply(sent.arrived(), result("barrier"));
        sent.outcome();
    }

    private Sent send() {
        return send(Duration.ofSeconds(30), ProgressListener.none());
    }

    private Sent send(Duration within, ProgressListener listener) {
        return new Sent(new Opened(connection, peer), within, listener);
    }

    private static ObjectNode result(String word) {
        return JsonNodeFactory.instance.objectNode().put("result", word);
    }

    private static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("No outcome", e);
        }
    }

    /** A command on its way. */
    private final class Sent {
        private final Opened by;
        private final Command command = new Command(
                CommandId.random(random), "list_courses", JsonNodeFactory.instance.objectNode(), null, SideEffect.READ);
        private final CompletionStage<CommandOutcome> stage;

        private Sent(Opened by, Duration within, ProgressListener listener) {
            this.by = by;
            this.stage = by.connection().send(command, Deadline.after(within), listener);
        }

        /** It has reached the browser. */
        CommandId arrived() {
            CommandId next = by.peer().nextCommand();
            assertThat(next).isEqualTo(command.id());
            return next;
        }

        CommandOutcome outcome() {
            return get(stage);
        }
    }

    private record WritingDown(List<String> heard) implements ProgressListener {
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
}
