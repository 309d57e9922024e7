/**
 * What the portal needs from its surroundings: the stores, the live connections and the extension's packages.
 *
 * <p>Every store is safe for use by many threads and by many nodes at once. Its methods block; an unchecked exception
 * means that nothing is known about the outcome, and the portal answers with an incident number. The current time is
 * always passed in, so that an implementation needs no clock. The numbered rules are checked by the contract kits in
 * the testkit.
 */
@NullMarked
package io.github.moodlemcp.portal.spi;

import org.jspecify.annotations.NullMarked;
