package io.github.moodlemcp.testkit.mcp;

import io.github.moodlemcp.server.spi.InMemoryRateLimiter;
import io.github.moodlemcp.server.spi.RateLimiter;
import java.time.Duration;
import java.util.function.LongSupplier;

class InMemoryRateLimiterTest extends RateLimiterContract {
    @Override
    protected RateLimiter newLimiter(int limit, Duration window, LongSupplier nanoTime) {
        return new InMemoryRateLimiter(limit, window, nanoTime);
    }
}
