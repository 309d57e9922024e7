/** Has a browser write, at most once for each key, and finds out what became of it; {@code WriteCalls} is the way in. */
@NullMarked
package io.github.moodlemcp.server.write;

import org.jspecify.annotations.NullMarked;
