/** A client of the MCP endpoint for tests, which sees each byte of the wire, and the rules of its stores. */
@NullMarked
package io.github.moodlemcp.testkit.mcp;

import org.jspecify.annotations.NullMarked;
