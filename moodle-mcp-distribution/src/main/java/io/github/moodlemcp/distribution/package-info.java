/** The runnable service; {@link io.github.moodlemcp.distribution.Application} wires it. */
@NullMarked
package io.github.moodlemcp.distribution;

import org.jspecify.annotations.NullMarked;
