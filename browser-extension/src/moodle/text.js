/** Moodle's names as plain text. */

import { decodeHTML } from '../vendor/entities/decode.js';

/**
 * A name as Moodle's JSON has it (escaped for HTML) as plain text on one line. Entities are decoded once.
 * @param {unknown} name
 * @returns {string}
 */
export function plainName(name) {
  return typeof name === 'string' ? decodeHTML(name).replace(/\s+/g, ' ').trim() : '';
}

/**
 * A moment of Moodle's (seconds since 1970, 0 for none) in ISO 8601.
 * @param {unknown} seconds
 * @returns {string | null}
 */
export function isoTime(seconds) {
  const valid = typeof seconds === 'number' && seconds > 0 && seconds < 253_402_300_800;
  return valid ? new Date(seconds * 1000).toISOString() : null;
}
