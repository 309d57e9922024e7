package io.github.moodlemcp.portal.spi;

import java.time.Instant;
import java.util.Optional;

/**
 * The web sessions.
 *
 * <ol>
 *   <li>SESSION-1 A created session is found by its id until it expires; at {@code expires} it is gone.
 *   <li>SESSION-2 An ended session is found no more, on any node; ending an unknown one does nothing.
 *   <li>SESSION-3 Ending one session of an account leaves its others.
 * </ol>
 *
 * <p>Expired sessions may be removed at any time.
 */
public interface WebSessionStore {
    void create(WebSession session);

    Optional<WebSession> find(SecretHash id, Instant now);

    void end(SecretHash id);
}
