/**
 * The commands of the program; begins at {@code MoodleMcp}.
 */
@NullMarked
package io.github.moodlemcp.distribution.command;

import org.jspecify.annotations.NullMarked;
