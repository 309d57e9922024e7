/** Moodle's `disabledIf`: which fields of a form are locked by what others hold. Moodle refuses those that are sent. */

import { isObject } from '../../json.js';

/** @typedef {import('./forms.js').Field} Field */
/** @typedef {{name: string, type: string}} Control */

/** More rounds than any chain of fields is long. */
const ROUNDS = 20;

/**
 * The names of the fields that are locked: also those that hang on a locked one.
 * @param {Field[]} fields
 * @param {import('../../json.js').JsonObject} rules by field, condition and value: the fields that are locked then
 * @param {Control[]} controls
 * @returns {Set<string>}
 */
export function lockedFields(fields, rules, controls) {
  /** @type {Set<string>} */
  let locked = new Set();
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = oneRound(fields.filter(([name]) => !locked.has(name)), rules, controls);
    if (next.size === locked.size && [...next].every((name) => locked.has(name))) break;
    locked = next;
  }
  return locked;
}

/**
 * @param {Field[]} fields
 * @param {import('../../json.js').JsonObject} rules
 * @param {Control[]} controls
 */
function oneRound(fields, rules, controls) {
  /** @type {Set<string>} */
  const locked = new Set();
  for (const [on, conditions] of Object.entries(rules)) {
    const types = controls.filter(({ name }) => name === on || name === `${on}[]`).map(({ type }) => type);
    if (types.length === 0 || !isObject(conditions)) continue;
    const held = fields.filter(([name]) => name === on || name === `${on}[]`).map(([, value]) => value);
    for (const [condition, byValue] of Object.entries(conditions)) {
      for (const [value, names] of Object.entries(isObject(byValue) ? byValue : {})) {
        if (!holds(condition, value, held, types)) continue;
        for (const name of namesIn(names)) locked.add(name);
      }
    }
  }
  return locked;
}

/**
 * @param {string} condition
 * @param {string} value
 * @param {string[]} held what the field would be sent with
 * @param {string[]} types of its controls
 */
function holds(condition, value, held, types) {
  const ticked = types.includes('checkbox') ? held.some((one) => one !== '0') : held.length > 0;
  switch (condition) {
    case 'notchecked': return !ticked;
    case 'checked': return ticked;
    case 'noitemselected': return held.length === 0;
    case 'neq': return held.length > 0 && !held.includes(value);
    case 'in': return held.some((one) => value.split('|').includes(one));
    case 'eq': return types.includes('radio') || held.length > 0 ? held.includes(value) : false;
    default: return false;
  }
}

/**
 * PHP writes lists as lists or as objects.
 * @param {unknown} value
 * @returns {string[]}
 */
function namesIn(value) {
  const list = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  return list.flat(2).filter((one) => typeof one === 'string');
}
