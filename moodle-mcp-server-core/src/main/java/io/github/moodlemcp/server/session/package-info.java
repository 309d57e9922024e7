/** What is handed to clients and comes back: signed, self-contained MCP session ids and request states. */
@NullMarked
package io.github.moodlemcp.server.session;

import org.jspecify.annotations.NullMarked;
