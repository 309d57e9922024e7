/** What a person is shown of a write before they decide: plain values, to be displayed as text and nothing else. */

/** What a line can be about; the pages have a word for each. */
export const LINES = Object.freeze(/** @type {const} */ ([
  'course', 'activity', 'recipients', 'with', 'subject', 'reply_to', 'status', 'name', 'start', 'end', 'location',
  'answer', 'notifications', 'statement', 'files',
]));

/** What a longer text can be; the pages have a word for each. */
export const TEXTS = Object.freeze(/** @type {const} */ (['message', 'description', 'submission']));

/** What a person should know besides; the pages have a sentence for each. */
export const WARNINGS = Object.freeze(/** @type {const} */ ([
  'final', 'seen_by_all', 'removes', 'replaces_text', 'not_submitted', 'statement',
]));

/** @typedef {(typeof LINES)[number]} LineName */
/** @typedef {{name: LineName, value: string, before?: string}} Line a value, and what is there now */
/** @typedef {{name: (typeof TEXTS)[number], text: string, before?: string}} LongText */
/** @typedef {{name: string, bytes: number, sha256: string}} FileSeen */

/**
 * @typedef {object} FileChoice the files that the person is asked to choose
 * @property {number} most how many
 * @property {number} bytes how large each may be; 0 when Moodle sets no limit
 * @property {string[]} accepted endings such as `.pdf`; none: all
 */

/**
 * @typedef {object} Shown
 * @property {Line[]} [lines]
 * @property {LongText[]} [texts]
 * @property {(typeof WARNINGS)[number][]} [warnings]
 * @property {FileSeen[]} [files] those that the assistant wrote
 * @property {FileChoice} [choose]
 */

/**
 * @typedef {object} Proposal
 * @property {Shown} shown
 * @property {import('../json.js').JsonObject} plan what the operation found out and needs to act; never shown
 */

/** @typedef {(command: string) => Promise<File[]>} TakeFiles */

/**
 * @typedef {object} Approved what an operation may now carry out
 * @property {Proposal} proposal
 * @property {() => Promise<File[]>} files those that the person chose
 */

/** Characters that are not seen, or turn others around: a text could hide something with them. */
const UNSEEN = new RegExp(String.raw`[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f]|`
  + String.raw`[\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]|[\u{e0000}-\u{e0fff}]`, 'gu');

/**
 * A text in which every character can be seen.
 * @param {string} text
 */
export function visible(text) {
  return text.replace(/\r\n?/g, '\n').replace(UNSEEN, (character) => {
    const code = /** @type {number} */ (character.codePointAt(0));
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}
