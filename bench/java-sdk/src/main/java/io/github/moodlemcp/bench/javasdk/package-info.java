/** The official Java SDK's server in its fastest configuration. */
@NullMarked
package io.github.moodlemcp.bench.javasdk;

import org.jspecify.annotations.NullMarked;
