/**
 * A server of one's own tools, resources and prompts, {@link io.github.moodlemcp.example.owntools.Canteens}, in two
 * containers; and Moodle's tools beside them, {@link io.github.moodlemcp.example.owntools.CanteensAndMoodle}.
 */
@NullMarked
package io.github.moodlemcp.example.owntools;

import org.jspecify.annotations.NullMarked;
