/** Cuts pages of text into pieces that are short enough for one answer. */

/** @typedef {{page: number, title?: string, text: string, from: number, whole: boolean}} Piece */

/**
 * The text of pages from a place on, at least a piece of the first.
 * @param {import('./pages.js').Page[]} pages
 * @param {number} first counted from 1
 * @param {number} offset how many characters of the first to skip
 * @param {number} characters
 * @returns {Piece[]}
 */
export function piecesOf(pages, first, offset, characters) {
  /** @type {Piece[]} */
  const pieces = [];
  let left = characters;
  for (let number = first; number <= pages.length; number += 1) {
    const { title, text } = pages[number - 1];
    const from = number === first ? Math.min(offset, text.length) : 0;
    const length = text.length - from;
    if (length > left && pieces.length > 0) break;
    const piece = text.slice(from, length > left ? from + endOfPiece(text.slice(from, from + left)) : undefined);
    const whole = from + piece.length >= text.length;
    pieces.push({ page: number, ...(title !== undefined && { title }), text: piece, from, whole });
    left -= piece.length;
    if (!whole) break;
  }
  return pieces;
}

/**
 * Where a text that is too long is best cut: after a line, or a word, of its last tenth.
 * @param {string} text
 */
function endOfPiece(text) {
  const least = Math.floor(text.length * 0.9);
  const line = text.lastIndexOf('\n') + 1;
  if (line > least) return line;
  const word = text.lastIndexOf(' ') + 1;
  if (word > least) return word;
  return /[\uD800-\uDBFF]$/.test(text) && text.length > 1 ? text.length - 1 : text.length;
}
