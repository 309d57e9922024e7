/** What the icon in the toolbar says at a glance. */

/**
 * @typedef {object} Situation
 * @property {string} state of the connection
 * @property {number} questions that wait for the person
 * @property {boolean} paused
 * @property {number} working commands that are being carried out
 */

/** @typedef {{text: string, color: string, title: string}} Badge `title` is the key of a text */

const NEEDS_PERSON = ['consent_needed', 'signed_out', 'superseded', 'update_needed'];

/**
 * The most important first: a question, what else needs the person, that nothing is done, that something is done now.
 * @param {Situation} situation
 * @returns {Badge}
 */
export function badgeOf({ state, questions, paused, working }) {
  if (questions > 0) return { text: String(questions), color: '#b3261e', title: 'badge_questions' };
  if (NEEDS_PERSON.includes(state)) return { text: '!', color: '#b3261e', title: 'badge_person' };
  if (paused) return { text: 'II', color: '#58625f', title: 'badge_paused' };
  if (state !== 'connected') return { text: '', color: '#58625f', title: 'badge_offline' };
  if (working > 0) return { text: '…', color: '#0b6b5d', title: 'badge_working' };
  return { text: '', color: '#0b6b5d', title: 'badge_connected' };
}
