/** Who wrote something. */

import { integerOf } from '../json.js';
import { plainName } from '../moodle/text.js';

/**
 * An author as a result names one: the person themself, or somebody else.
 * @param {unknown} id
 * @param {unknown} name as Moodle has it
 * @param {number} userId the person's own
 */
export function authorOf(id, name, userId) {
  const number = integerOf(id);
  return { id: number, name: plainName(name) || null, you: number === userId };
}
