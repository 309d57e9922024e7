/**
 * Containers to run the library in, as an embedder would set them up: {@link
 * io.github.moodlemcp.interop.container.GrizzlyServer} and {@link io.github.moodlemcp.interop.container.JettyServer}.
 */
@NullMarked
package io.github.moodlemcp.interop.container;

import org.jspecify.annotations.NullMarked;
