/** The conversations in {@code src/test/resources/conversations}: held with a server, and compared word by word. */
@NullMarked
package io.github.moodlemcp.interop.conversation;

import org.jspecify.annotations.NullMarked;
