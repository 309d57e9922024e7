/** What every reader gives: the pages of a document, in order, as they get ready. */

/** @typedef {'page' | 'slide' | 'sheet' | 'part'} Unit what a document's own divisions are called */

/**
 * @typedef {object} Page
 * @property {string} [title]
 * @property {string} text Markdown
 */

/**
 * @typedef {object} Sink takes what a reader finds
 * @property {(unit: Unit, total: number | null) => void} begin called once, first; null when the number is not known
 * @property {(page: Page) => Promise<void>} page called for each page; lets others work in between
 * @property {(sentence: string) => void} note something a person should know of the whole document
 */

/**
 * Reads a document.
 * @typedef {(bytes: Uint8Array<ArrayBuffer>, sink: Sink, source: Source) => Promise<void>} Reader
 */

/**
 * @typedef {object} Source
 * @property {string} name the name of the file
 * @property {string} charset what the server said of the text's encoding; empty when nothing
 * @property {AbortSignal} signal
 */

/** How many pages of a document are read. */
export const MAX_PAGES = 1_000;

/** How long a part is, in characters, where a document has no pages of its own. */
export const PART_CHARACTERS = 6_000;

/**
 * Blocks of text gathered into parts of about the same length.
 * @param {Iterable<string>} blocks
 * @param {number} [characters]
 * @param {string} [between] what stands between two blocks
 * @returns {Generator<string, void>}
 */
export function* partsOf(blocks, characters = PART_CHARACTERS, between = '\n\n') {
  /** @type {string[]} */
  let part = [];
  let length = 0;
  for (const block of blocks) {
    if (length > 0 && length + block.length > characters) {
      yield part.join(between);
      part = [];
      length = 0;
    }
    part.push(block);
    length += block.length + between.length;
  }
  if (part.length > 0) yield part.join(between);
}

/**
 * A Markdown table; the first row is the head. Line breaks and bars inside cells are escaped.
 * @param {string[][]} rows
 * @returns {string}
 */
export function markdownTable(rows) {
  const width = Math.max(...rows.map((row) => row.length));
  const line = (/** @type {string[]} */ row) => (
    `| ${Array.from({ length: width }, (_, column) => cellText(row[column] ?? '')).join(' | ')} |`);
  const [head, ...rest] = rows;
  return [line(head), `|${' --- |'.repeat(width)}`, ...rest.map(line)].join('\n');
}

/** @param {string} text */
function cellText(text) {
  return text.trim().replaceAll('|', '\\|').replace(/\s*\n\s*/g, '<br>');
}
