/** The Model Context Protocol: revisions, the error ladder, results, and one encoder for every revision. */
@NullMarked
package io.github.moodlemcp.protocol.mcp;

import org.jspecify.annotations.NullMarked;
