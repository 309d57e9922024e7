/** The contract kit of the router, and an extension without a browser with the person who lets it pair. */
@NullMarked
package io.github.moodlemcp.testkit.bridge;

import org.jspecify.annotations.NullMarked;
