/** The one listener that serves pages, {@code /mcp} and {@code /ws}: Grizzly with Jersey and Tyrus in it. */
@NullMarked
package io.github.moodlemcp.distribution.web;

import org.jspecify.annotations.NullMarked;
