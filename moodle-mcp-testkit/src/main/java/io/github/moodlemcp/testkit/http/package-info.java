/** The contract kit of a container: what it must do with answers that come late and with clients that leave. */
@NullMarked
package io.github.moodlemcp.testkit.http;

import org.jspecify.annotations.NullMarked;
