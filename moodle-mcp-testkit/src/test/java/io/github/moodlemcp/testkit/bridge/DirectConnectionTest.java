package io.github.moodlemcp.testkit.bridge;

/** The kit passes a connection that keeps the rules. */
class DirectConnectionTest extends BridgeConnectionContract {
    @Override
    protected Opened open() {
        DirectConnection both = new DirectConnection();
        return new Opened(both, both);
    }
}
