/** The MCP endpoint over HTTP, in each container: what it refuses, and how it answers. */
@NullMarked
package io.github.moodlemcp.interop.endpoint;

import org.jspecify.annotations.NullMarked;
