/** Ready-to-paste configurations of the programs that speak MCP. */
@NullMarked
package io.github.moodlemcp.portal.client;

import org.jspecify.annotations.NullMarked;
