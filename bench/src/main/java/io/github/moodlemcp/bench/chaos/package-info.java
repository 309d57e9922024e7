/** The service in a process of its own, put through chaos; {@code ./moodle-mcp bench chaos} begins in {@code ChaosBench}. */
@NullMarked
package io.github.moodlemcp.bench.chaos;

import org.jspecify.annotations.NullMarked;
