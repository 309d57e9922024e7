/** Tests of the fixture server, as far as the suite does not test it. */
@NullMarked
package io.github.moodlemcp.interop.conformance;

import org.jspecify.annotations.NullMarked;
