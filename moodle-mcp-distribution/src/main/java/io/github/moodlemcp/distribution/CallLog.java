package io.github.moodlemcp.distribution;

import io.github.moodlemcp.server.Caller;
import io.github.moodlemcp.server.spi.AuditLog;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a line per tool call to the log: who, which tool, how it ended. */
final class CallLog implements AuditLog {
    private static final Logger LOGGER = LoggerFactory.getLogger(CallLog.class);

    @Override
    public void toolCalled(Caller caller, String tool, String outcome, Duration took) {
        LOGGER.info(
                "event=tool_call account={} credential={} tool={} outcome={} ms={}",
                caller.account().value(),
                caller.credential(),
                tool,
                outcome,
                took.toMillis());
    }
}
