package io.github.moodlemcp.testkit.bridge;

import io.github.moodlemcp.bridge.CommandRouter;
import io.github.moodlemcp.bridge.InProcessCommandRouter;

class InProcessCommandRouterTest extends CommandRouterContract {
    @Override
    protected CommandRouter newRouter() {
        return new InProcessCommandRouter();
    }
}
