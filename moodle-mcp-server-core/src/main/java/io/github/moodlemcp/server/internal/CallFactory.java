package io.github.moodlemcp.server.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.moodlemcp.protocol.mcp.MetaKey;
import io.github.moodlemcp.server.feature.InputResponses;
import io.github.moodlemcp.server.feature.LogLevel;
import io.github.moodlemcp.server.feature.McpCall;
import org.jspecify.annotations.Nullable;

/** Makes what a handler is given, and checks the parts of {@code _meta} that it rests on. */
final class CallFactory {
    private final boolean logging;
    private final SessionMemory sessions;

    /** @param logging whether clients may ask for log messages */
    CallFactory(boolean logging, SessionMemory sessions) {
        this.logging = logging;
        this.sessions = sessions;
    }

    /** The call of one round. */
    McpCall call(McpExchange exchange, InputResponses input) {
        JsonNode token = exchange.request().params().path("_meta").get(MetaKey.PROGRESS_TOKEN);
        if (token != null && !token.isTextual() && !token.isIntegralNumber()) {
            throw McpException.invalidParams("progressToken must be a string or an integer");
        }
        return new HandlerCall(exchange, input, leastLogLevel(exchange));
    }

    private @Nullable LogLevel leastLogLevel(McpExchange exchange) {
        if (!exchange.version().isModern()) {
            return logging ? sessions.logLevel(exchange.sessionId()) : null;
        }
        JsonNode wanted = exchange.request().params().path("_meta").get(MetaKey.LOG_LEVEL);
        if (wanted == null) {
            return null;
        }
        LogLevel level = LogLevel.of(wanted.asText())
                .orElseThrow(() -> McpException.invalidParams("unknown log level in _meta " + MetaKey.LOG_LEVEL));
        return logging ? level : null;
    }
}
