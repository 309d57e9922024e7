package io.github.moodlemcp.portal.spi;

import java.time.Instant;

/**
 * The states of sign-ins at providers that came back, so that none counts twice.
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
    /** Spends the state; false when it was spent already. */
    boolean spend(SecretHash state, Instant expires);
}
