/**
 * What an embedder provides: a {@link io.github.moodlemcp.server.spi.TokenVerifier}, and where the defaults do not do, a
 * {@link io.github.moodlemcp.server.spi.TaskStore}, {@link io.github.moodlemcp.server.spi.ClientDepartures} and observers.
 */
@NullMarked
package io.github.moodlemcp.server.spi;

import org.jspecify.annotations.NullMarked;
