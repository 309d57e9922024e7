/** What the product serves: tools, resources, prompts and completions, carried out by the caller's browser. */
@NullMarked
package io.github.moodlemcp.server.moodle;

import org.jspecify.annotations.NullMarked;
