/** What an embedder calls: {@link io.github.moodlemcp.server.MoodleMcpServer} and what it is built from. */
@NullMarked
package io.github.moodlemcp.server;

import org.jspecify.annotations.NullMarked;
