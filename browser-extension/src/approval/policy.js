/** Whether a write may be made, must be asked for, or is refused: a pure function of what was settled beforehand. */

/** @typedef {'ask' | 'allow' | 'deny'} Choice */
/** @typedef {import('../operations/index.js').SiteOperation} SiteOperation */

/**
 * @typedef {object} Circumstances
 * @property {boolean} readOnly
 * @property {Choice} choice the person's for this site and operation
 * @property {boolean} alwaysAsk an administrator wants each write to be asked for
 * @property {string[]} denied the operations that an administrator refuses
 * @property {boolean} hasRead whether text by others was read a while ago, or nobody knows
 */

/**
 * Whether a person can allow the operation for all times to come.
 * @param {SiteOperation} operation
 */
export function canBeAllowed({ sideEffect, write }) {
  return sideEffect === 'write' && write?.standing === true;
}

/**
 * @param {SiteOperation} operation
 * @param {Circumstances} circumstances
 * @returns {'allow' | 'ask' | 'refuse'}
 */
export function decide(operation, { readOnly, choice, alwaysAsk, denied, hasRead }) {
  if (readOnly || choice === 'deny' || denied.includes(operation.name)) return 'refuse';
  if (choice !== 'allow' || alwaysAsk || !canBeAllowed(operation)) return 'ask';
  return operation.write?.outward !== false && hasRead ? 'ask' : 'allow';
}
