/** How long to wait before connecting again, after each way a connection ends. */

import { CLOSE } from './protocol.js';

const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;
const RESTART_SPREAD_MS = 20_000;
const TOO_MANY_FRAMES_MS = 60_000;

/** No wait is longer, so one that seems to be comes from a clock that was set back. */
export const LONGEST_WAIT_MS = TOO_MANY_FRAMES_MS;

/**
 * @param {number} code the close code, 1006 for a connection that never was
 * @param {number} attempt how many connections in a row failed before this one
 * @param {number} random from 0 to below 1
 * @returns {number} milliseconds
 */
export function delayAfter(code, attempt, random) {
  if (code === CLOSE.tooManyFrames) return TOO_MANY_FRAMES_MS;
  if (code === CLOSE.serviceRestarts) return random * RESTART_SPREAD_MS;
  return random * Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 16));
}

/**
 * Whether the service itself asked for the wait, so that nothing shortens it.
 * @param {number} code
 */
export function isAskedFor(code) {
  return code === CLOSE.tooManyFrames || code === CLOSE.serviceRestarts;
}
