package io.github.moodlemcp.portal.spi;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The web sessions.
 *
 * <ol>
 *   <li>SESSION-1 A created session is found by its id until it expires; at {@code expires} it is gone.
 *   <li>SESSION-2 An ended session is found no more, on any node; ending an unknown one does nothing.
 *   <li>SESSION-3 Ending one session of an account leaves its others.
 *   <li>SESSION-4 The list has the sessions of that account only that have not expired, the newest first.
 *   <li>SESSION-5 A session is ended for its owner only: an unknown or foreign one answers false and changes nothing.
 *   <li>SESSION-6 Ending the others ends all of the account but the one that is kept, and none of another account.
 *   <li>SESSION-7 The last time it was seen never moves backwards.
 * </ol>
 *
 * <p>Expired sessions may be removed at any time.
 */
public interface WebSessionStore {
    void create(WebSession session);

    Optional<WebSession> find(SecretHash id, Instant now);

    /** Ends the session, whosever it is. */
    void end(SecretHash id);

    /** The sessions of the account that count at that time. */
    List<WebSession> list(UUID accountId, Instant now);

    /** Notes that the person was seen; an unknown session is ignored. */
    void seen(SecretHash id, Instant now);

    /** Ends a session of the account; false when it has no such one. */
    boolean end(UUID accountId, SecretHash id);

    /** Ends all sessions of the account but the one that is kept. */
    void endOthers(UUID accountId, SecretHash kept);
}
