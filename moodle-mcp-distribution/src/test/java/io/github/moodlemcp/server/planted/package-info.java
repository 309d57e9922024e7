/** Breaks the rules of the architecture, to show that the test of them can fail. */
@NullMarked
package io.github.moodlemcp.server.planted;

import org.jspecify.annotations.NullMarked;
