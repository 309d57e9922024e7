/**
 * How a command reaches a browser: {@link io.github.moodlemcp.bridge.CommandRouter} finds the connection,
 * {@link io.github.moodlemcp.bridge.BridgeConnection} carries the command, and
 * {@link io.github.moodlemcp.bridge.CommandOutcome} says what became of it.
 */
@NullMarked
package io.github.moodlemcp.bridge;

import org.jspecify.annotations.NullMarked;
