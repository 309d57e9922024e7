/** Checks of an operation's arguments; each throws `invalid_arguments` with the argument's name as detail. */

import { Failure } from '../failure.js';
import { momentIn, startOfDay } from '../moodle/time.js';

/** @typedef {import('../json.js').JsonObject} JsonObject */

/** Arguments that choose where a command runs. They are not the operation's. */
const ROUTING = ['site', 'browser'];

/**
 * @param {JsonObject} args
 * @param {string[]} names the operation's own
 */
export function onlyKnown(args, names) {
  const stranger = Object.keys(args).find((name) => !names.includes(name) && !ROUTING.includes(name));
  if (stranger !== undefined) throw new Failure('invalid_arguments', { detail: stranger });
}

/**
 * @param {JsonObject} args
 * @param {string} name
 * @param {{min: number, max?: number, otherwise?: number}} range without `otherwise` the argument is required
 * @returns {number}
 */
export function integer(args, name, { min, max = Number.MAX_SAFE_INTEGER, otherwise }) {
  const value = args[name] ?? otherwise;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < min || value > max) {
    throw new Failure('invalid_arguments', { detail: name });
  }
  return value;
}

/**
 * @template {string} T
 * @param {JsonObject} args
 * @param {string} name
 * @param {readonly T[]} choices
 * @param {T} otherwise
 * @returns {T}
 */
export function oneOf(args, name, choices, otherwise) {
  const value = args[name] ?? otherwise;
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) throw new Failure('invalid_arguments', { detail: name });
  return choice;
}

/**
 * @param {JsonObject} args
 * @param {string} name
 * @param {{max: number, otherwise?: string}} range at most so many characters; without `otherwise` it is required
 * @returns {string} without spaces around it
 */
export function words(args, name, { max, otherwise }) {
  const value = args[name] ?? otherwise;
  if (typeof value !== 'string' || value.length > max || (otherwise === undefined && value.trim() === '')) {
    throw new Failure('invalid_arguments', { detail: name });
  }
  return value.trim();
}

/**
 * @param {JsonObject} args
 * @param {string} name
 * @param {boolean} otherwise
 * @returns {boolean}
 */
export function flag(args, name, otherwise) {
  const value = args[name] ?? otherwise;
  if (typeof value !== 'boolean') throw new Failure('invalid_arguments', { detail: name });
  return value;
}

/**
 * The first moment of a day given as `2026-11-30`, in seconds since 1970.
 * @param {JsonObject} args
 * @param {string} name
 * @param {string} zone
 * @returns {number | null} null when it is not given
 */
export function day(args, name, zone) {
  const value = args[name] ?? null;
  if (value === null) return null;
  const start = typeof value === 'string' ? startOfDay(value, zone) : null;
  if (start === null) throw new Failure('invalid_arguments', { detail: name });
  return start;
}

/**
 * A moment given as `2026-11-30T14:30`, in seconds since 1970.
 * @param {JsonObject} args
 * @param {string} name
 * @param {string} zone of a moment that names no offset
 * @returns {number}
 */
export function moment(args, name, zone) {
  const value = args[name];
  const found = typeof value === 'string' ? momentIn(value, zone) : null;
  if (found === null) throw new Failure('invalid_arguments', { detail: name });
  return found;
}

/**
 * Which entries of a list are wanted.
 * @param {JsonObject} args
 * @param {{max: number, otherwise: number}} limits of `limit`
 */
export function window(args, { max, otherwise }) {
  return {
    limit: integer(args, 'limit', { min: 1, max, otherwise }),
    offset: integer(args, 'offset', { min: 0, otherwise: 0 }),
  };
}
