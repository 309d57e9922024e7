package io.github.moodlemcp.distribution.command;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Takes what libraries write to {@code java.util.logging} over to our log, but for the details of those that write requests
 * whole, with their keys, cookies and addresses: no setting of the log shows these.
 */
final class LibraryLogs extends SLF4JBridgeHandler {
    private static final List<String> WRITERS_OF_REQUESTS = List.of(
            "org.glassfish.grizzly",
            "org.glassfish.jersey",
            "org.glassfish.tyrus",
            "jdk.httpclient",
            "jdk.internal.httpclient",
            "sun.net.www.protocol.http");

    private LibraryLogs() {}

    /** Takes the place of all other handlers of the root logger. */
    static void takeOver() {
        removeHandlersForRootLogger();
        LogManager.getLogManager().getLogger("").addHandler(new LibraryLogs());
    }

    @Override
    public void publish(LogRecord entry) {
        if (!isDetailOfRequests(entry)) {
            super.publish(entry);
        }
    }

    private static boolean isDetailOfRequests(LogRecord entry) {
        String name = entry.getLoggerName();
        return entry.getLevel().intValue() < Level.INFO.intValue()
                && name != null
                && WRITERS_OF_REQUESTS.stream().anyMatch(name::startsWith);
    }
}
