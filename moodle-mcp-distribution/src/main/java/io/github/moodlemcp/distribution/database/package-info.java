/**
 * The PostgreSQL database, our own or another one, brought to the current schema; begins at {@code Database}.
 */
@NullMarked
package io.github.moodlemcp.distribution.database;

import org.jspecify.annotations.NullMarked;
