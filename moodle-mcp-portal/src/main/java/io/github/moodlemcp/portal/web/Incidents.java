package io.github.moodlemcp.portal.web;

import static java.lang.System.Logger.Level.ERROR;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Gives each defect a number: the log has the cause under it, the person gets only the number. */
public final class Incidents {
    private static final System.Logger LOG = System.getLogger(Incidents.class.getName());

    private final SecureRandom random;

    public Incidents(SecureRandom random) {
        this.random = random;
    }

    /** Logs the cause once and answers its number, eight hexadecimal digits. */
    public String record(Throwable cause) {
        byte[] id = new byte[4];
        random.nextBytes(id);
        String incident = HexFormat.of().formatHex(id);
        LOG.log(ERROR, "event=portal_incident incident=" + incident, cause);
        return incident;
    }
}
