package io.github.moodlemcp.server.internal;

import io.github.moodlemcp.protocol.mcp.McpResult;
import io.github.moodlemcp.server.Caller;
import java.util.function.Predicate;

/** Withholds the result of a request that may take its time, when its credential was revoked while it was at work. */
final class Withholding implements McpInterceptor {
    private final Predicate<Caller> stillCounts;

    Withholding(Predicate<Caller> stillCounts) {
        this.stillCounts = stillCounts;
    }

    @Override
    public McpResult intercept(McpExchange exchange, Chain next) {
        McpResult result = next.proceed(exchange);
        if (McpDispatcher.mayTakeTime(exchange.request()) && !stillCounts.test(exchange.caller())) {
            throw McpException.revokedMeanwhile();
        }
        return result;
    }
}
