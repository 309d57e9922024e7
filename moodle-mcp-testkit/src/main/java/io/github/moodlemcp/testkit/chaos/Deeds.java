package io.github.moodlemcp.testkit.chaos;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.moodlemcp.protocol.bridge.ExtensionFrame;
import io.github.moodlemcp.protocol.bridge.FailureReason;
import io.github.moodlemcp.testkit.chaos.Event.ClaimAnswer;
import io.github.moodlemcp.testkit.chaos.Event.CommandExecuted;
import io.github.moodlemcp.testkit.chaos.Event.Place;
import io.github.moodlemcp.testkit.chaos.Event.ReplySent;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What an extension can do with a command, honestly noted. The replies of all who lie say that the command's own browser
 * sent them. For one thread.
 */
final class Deeds {
    private static final Duration CANCEL_PATIENCE = Duration.ofSeconds(4);
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final Crowd crowd;
    private final ChaoticBrowser browser;
    private final ChaoticBrowser.Profile profile;
    private final Link.Arrived command;
    private final SplittableRandom random;
    private int replies;

    Deeds(
            Crowd crowd,
            ChaoticBrowser browser,
            ChaoticBrowser.Profile profile,
            Link.Arrived command,
            SplittableRandom random) {
        this.crowd = crowd;
        this.browser = browser;
        this.profile = profile;
        this.command = command;
        this.random = random;
    }

    Link link() {
        return command.link();
    }

    void count(Happening happening) {
        crowd.recorder().count(happening);
    }

    /** Lets some milliseconds pass. */
    void pause(int fromMillis, int toMillis) {
        LockSupport.parkNanos(
                Duration.ofMillis(random.nextInt(fromMillis, toMillis)).toNanos());
    }

    /** Goes on elsewhere, where it may wait. */
    void later(Runnable rest) {
        crowd.threads().start(rest);
    }

    /** Reads, and replies with what was read. */
    void readAndReply() {
        execute(link(), Effect.READ);
        reply();
    }

    /** Notes an execution at this connection. */
    void execute(Link at, Effect effect) {
        crowd.recorder()
                .record(new CommandExecuted(
                        command.errand(), command.command(), at.place(), effect, System.nanoTime()));
    }

    /** Replies as it should. */
    void reply() {
        reply(link());
        link().forget(command.command());
    }

    /** Replies from a connection, whether the command came there or not. */
    void reply(Link from) {
        Place own = command.link().place();
        String nonce = command.command() + "-" + replies++ + "-" + from.place().connection();
        ObjectNode receipt = JsonNodeFactory.instance
                .objectNode()
                .put("account", own.account())
                .put("browser", own.browser())
                .put("command", command.command())
                .put("errand", command.errand())
                .put("nonce", nonce);
        crowd.recorder().record(new ReplySent(command.errand(), command.command(), from.place(), nonce));
        from.send(new ExtensionFrame.Reply(command.command(), receipt));
    }

    /** Replies to a command that nobody sent. */
    void guess() {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < 32; i++) {
            id.append(HEX[random.nextInt(HEX.length)]);
        }
        count(Happening.GUESSED_REPLY);
        link().send(new ExtensionFrame.Reply(id.toString(), JsonNodeFactory.instance.objectNode()));
    }

    /** Lets another account's browser reply, if one is there. */
    void forge() {
        Link stranger = stranger();
        if (stranger != null) {
            count(Happening.FORGED_REPLY);
            reply(stranger);
        }
    }

    /** Lets another browser of the account reply, if there is one. */
    void replyFromSibling() {
        Link sibling = crowd.siblingOf(browser);
        if (sibling != null) {
            count(Happening.SIBLING_REPLY);
            reply(sibling);
        }
    }

    @Nullable
    Link stranger() {
        return crowd.strangerTo(browser.account(), random);
    }

    @Nullable
    Link sibling() {
        return crowd.siblingOf(browser);
    }

    void fail(String reason) {
        link().send(new ExtensionFrame.Failure(command.command(), new FailureReason(reason)));
        link().forget(command.command());
    }

    void askApproval() {
        count(Happening.APPROVAL_ASKED);
        link().send(new ExtensionFrame.Approval(command.command()));
    }

    /** Claims as it should. */
    ClaimAnswer claim() {
        ChaoticBrowser.remember(profile, command);
        return link().claim(command);
    }

    /** Claims from a connection, whether the command came there or not. */
    ClaimAnswer claim(Link from) {
        return from.claim(command);
    }

    /** Claims twice at once. */
    ClaimAnswer claimTwice() {
        ChaoticBrowser.remember(profile, command);
        Link.Claim first = link().beginClaim(command);
        Link.Claim second = link().beginClaim(command);
        count(Happening.SECOND_CLAIM);
        ClaimAnswer answer = link().awaitClaim(command, first);
        return link().awaitClaim(command, second) == ClaimAnswer.GRANTED ? ClaimAnswer.GRANTED : answer;
    }

    boolean isCancelled() {
        return command.cancelled().isDone();
    }

    /** Begins to act and notes it in the journal; returns false when it must not, because the claim's connection is gone. */
    boolean begin() {
        return profile.journal.begin(command.command(), link().journalShown());
    }

    /** Acts on Moodle, as the journal and the record have it. */
    void act(Effect effect) {
        execute(link(), effect);
        profile.journal.end(command.command(), effect);
    }

    /** Waits for the cancellation; returns false when none comes, because the connection ended or the time is long. */
    boolean awaitCancel() {
        try {
            command.cancelled().get(CANCEL_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void vanish() {
        count(Happening.VANISHED);
        link().vanish();
    }

    void close() {
        count(Happening.CLOSED_CLEANLY);
        link().close();
    }

    /** Opens a further connection of the same browser; returns null when that fails. */
    @Nullable
    Link supersede() {
        count(Happening.SUPERSEDED);
        return browser.connect(profile);
    }
}
