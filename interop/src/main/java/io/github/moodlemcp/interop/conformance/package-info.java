/** The server that the official conformance suite asks for, made of the library alone; {@code ConformanceServer} starts it. */
@NullMarked
package io.github.moodlemcp.interop.conformance;

import org.jspecify.annotations.NullMarked;
