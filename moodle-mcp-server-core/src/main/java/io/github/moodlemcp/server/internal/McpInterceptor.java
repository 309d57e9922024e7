package io.github.moodlemcp.server.internal;

import io.github.moodlemcp.protocol.mcp.McpResult;
import java.util.List;

/** Observes, refuses or passes an exchange on its way to the handler. */
@FunctionalInterface
interface McpInterceptor {

    /** Returns what {@code next} returns, or refuses by an {@link McpException}. */
    McpResult intercept(McpExchange exchange, Chain next);

    /** The rest of the way. */
    @FunctionalInterface
    interface Chain {
        McpResult proceed(McpExchange exchange);
    }

    /** Puts the interceptors in front of the handler; the first one listed sees the exchange first. */
    static Chain chain(List<McpInterceptor> interceptors, Chain handler) {
        Chain chain = handler;
        for (McpInterceptor interceptor : interceptors.reversed()) {
            Chain next = chain;
            chain = exchange -> interceptor.intercept(exchange, next);
        }
        return chain;
    }
}
