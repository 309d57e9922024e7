/**
 * The settings: what there is, where a value comes from, and the checked result; begins at {@code ConfigReader}.
 */
@NullMarked
package io.github.moodlemcp.distribution.config;

import org.jspecify.annotations.NullMarked;
