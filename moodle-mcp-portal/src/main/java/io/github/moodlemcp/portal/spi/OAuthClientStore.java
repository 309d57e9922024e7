package io.github.moodlemcp.portal.spi;

import java.util.Optional;

/**
 * The OAuth clients that registered themselves, and those with a document that somebody allowed something.
 *
 * <ol>
 *   <li>CLIENT-1 A registered client is found with everything that it was registered with, its addresses in their order.
 *   <li>CLIENT-2 An id that was not registered finds nothing; ids are compared character by character.
 *   <li>CLIENT-3 An id counts once: registering it again throws {@link IllegalStateException} and changes nothing.
 *   <li>CLIENT-4 Keeping a client makes it known with everything, in place of what was known under its id.
 * </ol>
 *
 * <p>A client may be removed a week after it became known, unless it has a grant. Safe for use by many threads.
 */
public interface OAuthClientStore {
    /** @throws IllegalStateException if there is a client of this id */
    void register(OAuthClient client);

    void keep(OAuthClient client);

    Optional<OAuthClient> find(String id);
}
