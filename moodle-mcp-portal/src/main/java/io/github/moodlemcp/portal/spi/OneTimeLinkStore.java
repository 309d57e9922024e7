package io.github.moodlemcp.portal.spi;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The one-time sign-in links.
 *
 * <ol>
 *   <li>LINK-1 A saved link is consumed once and then names its account; every later attempt is empty.
 *   <li>LINK-2 Of many attempts at once exactly one succeeds.
 *   <li>LINK-3 An unknown link is empty, and so is one at or after its {@code expires}.
 *   <li>LINK-4 Consuming one link of an account leaves its others.
 * </ol>
 */
public interface OneTimeLinkStore {
    void save(OneTimeLink link);

    /** The account of the link, which is spent with this call. */
    Optional<UUID> consume(SecretHash hash, Instant now);
}
