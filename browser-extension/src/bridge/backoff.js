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

/** `lost`: the connection or the way to the service; the others are waits that the service asked for. */
export const WAIT_REASONS = /** @type {const} */ (['lost', 'restart', 'too_many']);

/** @typedef {typeof WAIT_REASONS[number]} WaitReason */

/**
 * Why there is a wait. What the service itself asked for, nothing shortens.
 * @param {number} code
 * @returns {WaitReason}
 */
export function waitReason(code) {
  if (code === CLOSE.tooManyFrames) return 'too_many';
  return code === CLOSE.serviceRestarts ? 'restart' : 'lost';
}
