package io.github.moodlemcp.server.internal;

import java.lang.System.Logger.Level;
import java.util.UUID;

/** Reports defects: whole to the log, and to clients no more than the number to look for there. */
final class Incidents {
    private static final System.Logger LOG = System.getLogger(Incidents.class.getName());

    /** Logs a defect, and returns the sentence for the client. */
    String report(Throwable defect) {
        String incident = UUID.randomUUID().toString();
        LOG.log(Level.ERROR, "event=defect incident=" + incident, defect);
        return "Internal error (incident " + incident + "); the service's log explains it";
    }
}
