/** The secrets the portal hands out and recognises again: API keys, bridge tokens and sign-in links. */
@NullMarked
package io.github.moodlemcp.portal.credential;

import org.jspecify.annotations.NullMarked;
