/** The contract kit of the router, and an extension without a browser. */
@NullMarked
package io.github.moodlemcp.testkit.bridge;

import org.jspecify.annotations.NullMarked;
