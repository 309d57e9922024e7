/** The example runs in both containers, and the documentation shows its code. */
@NullMarked
package io.github.moodlemcp.example.owntools;

import org.jspecify.annotations.NullMarked;
