/** What an embedder provides: {@link io.github.moodlemcp.server.spi.TokenVerifier} and observers. */
@NullMarked
package io.github.moodlemcp.server.spi;

import org.jspecify.annotations.NullMarked;
