/** Sockets that mean harm, against a service in a process of its own whose memory is measured. */
@NullMarked
package io.github.moodlemcp.distribution.hostile;

import org.jspecify.annotations.NullMarked;
