/** The portal, what people see of the service; the entry point is {@link io.github.moodlemcp.portal.Portal}. */
@NullMarked
package io.github.moodlemcp.portal;

import org.jspecify.annotations.NullMarked;
