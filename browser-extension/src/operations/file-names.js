/**
 * What a file is called in our results: the kind and the id of its activity, its area there and its path, as in
 * `folder-9/content/week 1/slides.pdf`. `resource-7` is the only file of a file activity.
 */

import { Failure } from '../failure.js';

/** @typedef {import('../moodle/files.js').FileLink} FileLink */
/** @typedef {'resource' | 'folder' | 'assign'} Kind */

/** The pages that show the files of each kind of activity. */
export const FILE_PAGES = Object.freeze({
  resource: /** @type {const} */ ('resource'),
  folder: /** @type {const} */ ('folder'),
  assign: /** @type {const} */ ('assignment'),
});

/**
 * @param {string} type
 * @returns {type is Kind}
 */
export function hasFiles(type) {
  return Object.hasOwn(FILE_PAGES, type);
}

/**
 * @param {Kind} kind
 * @param {number} activity
 * @param {FileLink} link
 */
export function nameOf(kind, activity, { area, path }) {
  return `${kind}-${activity}/${area}/${path}`;
}

/**
 * @param {unknown} name
 * @returns {{kind: Kind, activity: number, isWanted: (link: FileLink) => boolean}}
 * @throws {Failure} `invalid_arguments`
 */
export function parseName(name) {
  const found = /^(resource|folder|assign)-(\d{1,15})(\/.+)?$/s.exec(typeof name === 'string' ? name.trim() : '');
  if (!found || Number(found[2]) < 1) throw new Failure('invalid_arguments', { detail: 'file' });
  const kind = /** @type {Kind} */ (found[1]);
  const place = found[3]?.slice(1).normalize('NFC');
  if (place === undefined && kind !== 'resource') throw new Failure('invalid_arguments', { detail: 'file' });
  const isWanted = (/** @type {FileLink} */ { area, path }) => (
    place === undefined ? area === 'content' : `${area}/${path}`.normalize('NFC') === place);
  return { kind, activity: Number(found[2]), isWanted };
}
