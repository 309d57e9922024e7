package io.github.moodlemcp.bridge;

import java.util.concurrent.CompletionStage;

/**
 * One live connection to one browser, held by this node. Safe for use by many threads; no method blocks.
 *
 * <p>An implementation must pass {@code BridgeConnectionContract} of the testkit:
 *
 * <ul>
 *   <li>CONN-1: {@link #send} completes with exactly one outcome, no later than the deadline.
 *   <li>CONN-2: only a reply that came on this very connection completes a command.
 *   <li>CONN-3: when the connection ends, its commands complete at once with {@link CommandOutcome.Disconnected}.
 *   <li>CONN-4: a command is never sent twice.
 *   <li>CONN-5: a claim is granted once, and never after {@link #cancel}, the deadline or the end; what is told of a claim
 *       and of an approval reaches the listener before the outcome.
 * </ul>
 */
public interface BridgeConnection {

    /** The browser it leads to. */
    BridgeId bridge();

    /** What is known of the browser now. */
    ConnectedBrowser describe();

    /**
     * Sends a command; the stage completes exceptionally only for a defect.
     *
     * @param progress is told how far the command is, until the stage completes
     */
    CompletionStage<CommandOutcome> send(Command command, Deadline deadline, ProgressListener progress);

    /**
     * Ends a command that nobody waits for any more, and tells the extension; from then on no claim of it is granted. Does
     * nothing when it has ended, or was claimed: then it goes on to its end.
     */
    void cancel(CommandId command);

    /** Closes the connection; does nothing when it is closed. */
    void close(CloseReason reason);
}
