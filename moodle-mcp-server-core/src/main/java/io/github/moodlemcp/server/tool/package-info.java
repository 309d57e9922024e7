/** The tools the server offers, as the catalogue describes them. */
@NullMarked
package io.github.moodlemcp.server.tool;

import org.jspecify.annotations.NullMarked;
