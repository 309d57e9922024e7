package io.github.moodlemcp.bridge;

import java.util.concurrent.CompletionStage;

/**
 * One live connection to one browser, held by this node. Safe for use by many threads; no method blocks.
 *
 * <ul>
 *   <li>CONN-1: {@link #send} completes with exactly one outcome, no later than the deadline.
 *   <li>CONN-2: only a reply that came on this very connection completes a command.
 *   <li>CONN-3: when the connection ends, its commands complete at once with {@link CommandOutcome.Disconnected}.
 *   <li>CONN-4: a command is never sent twice.
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

    /** Tells the extension that nobody waits for the command any more; does nothing when it has ended. */
    void cancel(CommandId command);

    /** Closes the connection; does nothing when it is closed. */
    void close(CloseReason reason);
}
