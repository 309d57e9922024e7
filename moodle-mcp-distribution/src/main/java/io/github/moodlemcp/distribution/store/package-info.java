/**
 * The stores of the portal and of the bridge's connections, on PostgreSQL through jOOQ; begins at {@code Stores}.
 */
@NullMarked
package io.github.moodlemcp.distribution.store;

import org.jspecify.annotations.NullMarked;
