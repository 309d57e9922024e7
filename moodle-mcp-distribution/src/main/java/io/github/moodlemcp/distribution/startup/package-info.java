/**
 * What everything that starts needs: the data folder with its locks and secrets, and errors that say what to do next.
 */
@NullMarked
package io.github.moodlemcp.distribution.startup;

import org.jspecify.annotations.NullMarked;
