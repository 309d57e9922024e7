/** Stores that forget everything with the process: for examples, tests and a first look. */
@NullMarked
package io.github.moodlemcp.portal.memory;

import org.jspecify.annotations.NullMarked;
