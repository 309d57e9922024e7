package io.github.moodlemcp.server.jakarta;

import io.github.moodlemcp.bridge.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger.Level;

/** Closes sessions with the codes of the bridge protocol. */
final class Closing {
    private static final System.Logger LOG = System.getLogger(Closing.class.getName());

    private Closing() {}

    /** Closes the session; does nothing when it is closed. */
    static void close(Session session, CloseReason reason) {
        try {
            session.close(new jakarta.websocket.CloseReason(
                    jakarta.websocket.CloseReason.CloseCodes.getCloseCode(reason.code()), reason.text()));
        } catch (IOException | IllegalStateException e) {
            LOG.log(Level.DEBUG, "event=close_failed code=" + reason.code());
        }
    }
}
