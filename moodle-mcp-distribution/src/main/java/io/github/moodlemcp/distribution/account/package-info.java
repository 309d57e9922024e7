/**
 * What the service and the commands agree on about people's credentials; begins at {@code Credentials}.
 */
@NullMarked
package io.github.moodlemcp.distribution.account;

import org.jspecify.annotations.NullMarked;
