/** Reading JSON whose shape nobody promised. */

/** @typedef {{[name: string]: unknown}} JsonObject */

/**
 * The value of a JSON text, or undefined when it is none.
 * @param {string} text
 * @returns {unknown}
 */
export function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * @param {unknown} value
 * @returns {value is JsonObject}
 */
export function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The objects in a list, or none when it is no list.
 * @param {unknown} value
 * @returns {JsonObject[]}
 */
export function objectsIn(value) {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/**
 * @param {unknown} value
 * @returns {string} the text, or an empty one when it is no text
 */
export function textOf(value) {
  return typeof value === 'string' ? value : '';
}

/**
 * The integer that a number or a text of digits stands for, or null. Moodle sends ids in both forms.
 * @param {unknown} value
 * @returns {number | null}
 */
export function integerOf(value) {
  const number = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(number) ? Number(number) : null;
}
