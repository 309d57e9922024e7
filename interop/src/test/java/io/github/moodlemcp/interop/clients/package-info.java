/** Java clients of others against the service as people run it. */
@NullMarked
package io.github.moodlemcp.interop.clients;

import org.jspecify.annotations.NullMarked;
