/** A small server of the library, and a client that sends it anything: what the tests of the endpoint stand on. */
@NullMarked
package io.github.moodlemcp.interop.wire;

import org.jspecify.annotations.NullMarked;
