/** Waiting for a condition. */

import { setTimeout as pause } from 'node:timers/promises';

const EVERY_MS = 100;

/**
 * Waits until the condition gives something other than false, null or undefined, and gives that. A condition that
 * rejects counts as not met; its last error is told when the time is over.
 * @template T
 * @param {string} what is awaited, for the error
 * @param {() => Promise<T | false | null | undefined> | T | false | null | undefined} condition
 * @param {{ms?: number}} [options] how long at most, 60 s by default
 * @returns {Promise<T>}
 */
export async function until(what, condition, { ms = 60_000 } = {}) {
  const end = Date.now() + ms;
  /** @type {unknown} */
  let last;
  for (;;) {
    try {
      const value = await condition();
      if (value !== false && value !== null && value !== undefined) return value;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() >= end) {
      throw new Error(`After ${ms / 1000} s there is still no ${what}.${last ? ` Last: ${messageOf(last)}` : ''}`);
    }
    await pause(EVERY_MS);
  }
}

/** @param {unknown} error */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
