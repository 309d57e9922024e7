/** The doors: resources and filters of Jakarta REST and the endpoint of Jakarta WebSocket. */
@NullMarked
package io.github.moodlemcp.server.jakarta;

import org.jspecify.annotations.NullMarked;
