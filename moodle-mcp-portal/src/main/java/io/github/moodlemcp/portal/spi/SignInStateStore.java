package io.github.moodlemcp.portal.spi;

import java.time.Instant;

/**
 * What counts once: the states of sign-ins at providers that came back, and the signed statements of clients.
 *
 * <ol>
 *   <li>STATE-1 A state is spent once; every later attempt is refused.
 *   <li>STATE-2 Of many attempts at once exactly one succeeds, on whatever node.
 *   <li>STATE-3 Spending one state leaves the others.
 * </ol>
 *
 * <p>A spent state may be forgotten once it has expired: nobody accepts it any more.
 */
public interface SignInStateStore {
    /**
     * Spends the state, or the hash of another thing that counts once; false when it was spent already.
     *
     * @param expires from when on nobody accepts it any more
     */
    boolean spend(SecretHash state, Instant expires);
}
