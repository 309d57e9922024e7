package io.github.moodlemcp.bridge;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Delivers commands to the live connection of a browser, on whichever node holds it. Safe for use by many threads.
 *
 * <p>An implementation must pass {@code CommandRouterContract} of the testkit:
 *
 * <ul>
 *   <li>ROUTE-1: a command goes to the connection that is registered for its bridge id, and to no other.
 *   <li>ROUTE-2: the outcome of that connection is the outcome of the route.
 *   <li>ROUTE-3: a bridge nobody holds is {@link CommandOutcome.NotConnected}, at once.
 *   <li>ROUTE-4: a later registration of the same bridge supersedes the earlier one, which is closed with
 *       {@link CloseReason#SUPERSEDED}.
 *   <li>ROUTE-5: ending a superseded registration leaves the later one in place.
 *   <li>ROUTE-6: browsers of one account live side by side; accounts never see each other's.
 *   <li>ROUTE-7: after {@link #disconnect} the connection is closed with the given reason and the bridge is not connected.
 *   <li>ROUTE-8: {@link #connected} lists exactly the registered browsers of the account, ordered by browser id.
 *   <li>ROUTE-9: {@link #cancel} reaches the connection that holds the bridge.
 *   <li>ROUTE-10: no method blocks, and none calls a connection while it holds a lock.
 *   <li>ROUTE-11: what the connection says of a command's progress reaches the listener of its route, and no other.
 *   <li>ROUTE-12: that the person is asked, and that the command was claimed, reaches the listener of its route, and no
 *       other, before the outcome.
 * </ul>
 */
public interface CommandRouter {

    /** Makes the connection reachable until the registration is ended. */
    Registration register(BridgeConnection connection);

    /**
     * Routes the command. The stage completes no later than the deadline with exactly one outcome, and exceptionally
     * only for a defect in the router itself.
     *
     * @param progress is told how far the command is, until the stage completes
     */
    CompletionStage<CommandOutcome> route(
            BridgeId bridge, Command command, Deadline deadline, ProgressListener progress);

    /** Routes a command whose progress nobody follows. */
    default CompletionStage<CommandOutcome> route(BridgeId bridge, Command command, Deadline deadline) {
        return route(bridge, command, deadline, ProgressListener.none());
    }

    /**
     * Ends a command that nobody waits for any more, unless it was claimed; does nothing when the browser is not connected.
     * See {@link BridgeConnection#cancel}.
     */
    void cancel(BridgeId bridge, CommandId command);

    /** Closes the connection of the browser, wherever it is held; does nothing when there is none. */
    void disconnect(BridgeId bridge, CloseReason reason);

    /** The browsers of an account that are connected to some node: already a little old when it arrives. */
    CompletionStage<List<ConnectedBrowser>> connected(AccountId account);

    /** Ends a registration; ending it twice, or after it was superseded, does nothing. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
