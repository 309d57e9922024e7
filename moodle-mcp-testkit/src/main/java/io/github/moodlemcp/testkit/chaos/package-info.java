/**
 * Chaos for a service with the bridge: callers and extensions that misbehave at random, a record of what each of them did,
 * and a checker that says from the record alone whether a call was misrouted, executed twice or told an untruth. Begin with
 * {@link io.github.moodlemcp.testkit.chaos.Chaos}.
 */
@NullMarked
package io.github.moodlemcp.testkit.chaos;

import org.jspecify.annotations.NullMarked;
