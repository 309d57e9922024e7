/** The servers that are put under load: ours, and the listener it stands on, without it. */
@NullMarked
package io.github.moodlemcp.bench;

import org.jspecify.annotations.NullMarked;
