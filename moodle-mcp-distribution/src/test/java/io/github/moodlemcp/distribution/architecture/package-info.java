/** Tests of the directions in which the modules and packages depend on each other. */
@NullMarked
package io.github.moodlemcp.distribution.architecture;

import org.jspecify.annotations.NullMarked;
