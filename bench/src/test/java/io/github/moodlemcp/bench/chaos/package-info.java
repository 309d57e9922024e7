/** The service in chaos, and in chaos with faults planted into it. */
@NullMarked
package io.github.moodlemcp.bench.chaos;

import org.jspecify.annotations.NullMarked;
