package io.github.moodlemcp.bridge;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Passes every call on; a decorator extends it and keeps working when the SPI grows. */
public abstract class ForwardingCommandRouter implements CommandRouter {
    private final CommandRouter delegate;

    /** @param delegate the router that does the work */
    protected ForwardingCommandRouter(CommandRouter delegate) {
        this.delegate = requireNonNull(delegate, "delegate");
    }

    @Override
    public Registration register(BridgeConnection connection) {
        return delegate.register(connection);
    }

    @Override
    public CompletionStage<CommandOutcome> route(
            BridgeId bridge, Command command, Deadline deadline, ProgressListener progress) {
        return delegate.route(bridge, command, deadline, progress);
    }

    @Override
    public void cancel(BridgeId bridge, CommandId command) {
        delegate.cancel(bridge, command);
    }

    @Override
    public void disconnect(BridgeId bridge, CloseReason reason) {
        delegate.disconnect(bridge, reason);
    }

    @Override
    public CompletionStage<List<ConnectedBrowser>> connected(AccountId account) {
        return delegate.connected(account);
    }
}
