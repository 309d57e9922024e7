/** The servers that are put under load, ours and the listeners it stands on, and the programs that stand in for extensions. */
@NullMarked
package io.github.moodlemcp.bench;

import org.jspecify.annotations.NullMarked;
