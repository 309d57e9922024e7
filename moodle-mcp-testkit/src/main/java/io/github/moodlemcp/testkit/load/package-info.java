/** Thousands of light extensions in one process, and the light WebSockets they are made of; begin at {@link LoadExtensions}. */
@NullMarked
package io.github.moodlemcp.testkit.load;

import org.jspecify.annotations.NullMarked;
