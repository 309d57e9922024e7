/** Secrets and pieces of Moodle text that went through the whole service are looked for wherever it leaves something behind. */
@NullMarked
package io.github.moodlemcp.distribution.canary;

import org.jspecify.annotations.NullMarked;
