/** The main class, which loads on an old Java to say that it is too old. */
@NullMarked
package io.github.moodlemcp.distribution.boot;

import org.jspecify.annotations.NullMarked;
