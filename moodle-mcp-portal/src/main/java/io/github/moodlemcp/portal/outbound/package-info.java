/**
 * Fetches small JSON documents from addresses that strangers name; {@link
 * io.github.moodlemcp.portal.outbound.DocumentFetch} reaches public hosts only.
 */
@NullMarked
package io.github.moodlemcp.portal.outbound;

import org.jspecify.annotations.NullMarked;
