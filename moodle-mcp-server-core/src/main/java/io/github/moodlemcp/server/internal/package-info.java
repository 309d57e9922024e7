/** How a request becomes a command and a command becomes an answer; knows nothing of HTTP. */
@NullMarked
package io.github.moodlemcp.server.internal;

import org.jspecify.annotations.NullMarked;
