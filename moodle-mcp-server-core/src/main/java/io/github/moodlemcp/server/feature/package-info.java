/** What an embedder serves of its own: tools, resources and prompts, and what their handlers are given. */
@NullMarked
package io.github.moodlemcp.server.feature;

import org.jspecify.annotations.NullMarked;
