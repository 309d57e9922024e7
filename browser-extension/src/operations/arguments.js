/** Checks of an operation's arguments; each throws `invalid_arguments` with the argument's name as detail. */

import { Failure } from '../failure.js';

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
