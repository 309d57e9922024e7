/** Gives long texts part by part, and finds words in them. */

import { Failure } from '../failure.js';
import { integer, words } from './arguments.js';
import { piecesOf } from '../documents/pieces.js';
import { searchPages } from '../documents/search.js';

/** How many characters of text one call gives, and how long the JSON of them may be. */
const CHARACTERS = 12_000;
const JSON_CHARACTERS = 14_000;

const MATCHES = 30;
const TITLES = 60;
const TITLE_CHARACTERS = 120;

/** @typedef {import('../engine/readers/activities.js').Part} Part */
/** @typedef {{part: number, offset: number, find: string | null}} Wanted */

/** The names of the arguments that choose parts. */
export const PART_ARGUMENTS = Object.freeze(['part', 'offset', 'find']);

/**
 * @param {import('../json.js').JsonObject} args
 * @returns {Wanted}
 */
export function wantedParts(args) {
  return {
    part: integer(args, 'part', { min: 1, otherwise: 1 }),
    offset: integer(args, 'offset', { min: 0, otherwise: 0 }),
    find: args.find === undefined ? null : words(args, 'find', { max: 200 }),
  };
}

/**
 * What a result says of the parts of a text: those that are wanted and fit and how to read on, or where words stand.
 * @param {Part[]} parts
 * @param {Wanted} wanted
 */
export function partsResult(parts, { part, offset, find }) {
  if (find !== null) return matchesOf(parts, find);
  if (part > 1 && part > parts.length) throw new Failure('invalid_arguments', { detail: 'part' });
  const pieces = fittingPieces(parts, part, offset);
  const next = nextOf(parts, pieces);
  return {
    ...(parts.length > 1 && part === 1 && offset === 0 && { contents: contentsOf(parts) }),
    parts: pieces.map(({ page, title, text, from, whole }) => ({
      part: page,
      ...(title && { title }),
      ...(from > 0 && { from_character: from }),
      text,
      ...(!whole && { cut: true }),
    })),
    coverage: { returned: pieces.length, total: parts.length, more: next !== null },
    ...(next && { next }),
  };
}

/**
 * @param {Part[]} parts
 * @param {number} part
 * @param {number} offset
 */
function fittingPieces(parts, part, offset) {
  let characters = CHARACTERS;
  for (;;) {
    const pieces = piecesOf(parts, part, offset, characters);
    if (JSON.stringify(pieces).length <= JSON_CHARACTERS || characters < 1_000) return pieces;
    characters = Math.floor(characters * 0.75);
  }
}

/**
 * @param {Part[]} parts
 * @param {import('../documents/pieces.js').Piece[]} pieces
 */
function nextOf(parts, pieces) {
  const last = pieces.at(-1);
  if (!last) return null;
  if (!last.whole) return { part: last.page, offset: last.from + last.text.length };
  return last.page < parts.length ? { part: last.page + 1, offset: 0 } : null;
}

/** @param {Part[]} parts */
function contentsOf(parts) {
  const titles = parts.slice(0, TITLES).map(({ title = '' }) => title.slice(0, TITLE_CHARACTERS));
  return parts.length > TITLES ? [...titles, `… and ${parts.length - TITLES} more`] : titles;
}

/**
 * @param {Part[]} parts
 * @param {string} find
 */
function matchesOf(parts, find) {
  const { matches, total } = searchPages(parts, find, MATCHES);
  return {
    find,
    matches: matches.map(({ page, ...more }) => ({ part: page, ...more })),
    coverage: { returned: matches.length, total, more: matches.length < total },
  };
}
