/** A file of a course as Markdown, page by page. The page of its activity is opened, which Moodle notes as a visit. */

import { Failure } from '../failure.js';
import { FILE_PAGES, parseName } from './file-names.js';
import { PATIENCE_MS } from '../documents/files.js';
import { PROBLEMS } from '../documents/problem.js';
import { integer, onlyKnown } from './arguments.js';
import { textOf } from '../json.js';
import { unlessAborted } from '../abort.js';

/** @typedef {import('../moodle/sites.js').Site} Site */
/** @typedef {import('../documents/library.js').State} State */
/** @typedef {import('../documents/pieces.js').Piece} Piece */
/** @typedef {import('./index.js').Context} Context */
/** @typedef {{key: string, context: Context, end: number}} Call */

/** How many characters of a file one call gives, and how long the JSON of them may be. */
const CHARACTERS = 15_000;
const JSON_CHARACTERS = 17_000;

const MATCHES = 30;

/** @type {import('./index.js').SiteOperation} */
export const readFile = {
  name: 'read_file',
  sideEffect: 'read-marks',
  on: 'one',
  async run(args, site, context) {
    onlyKnown(args, ['file', 'page', 'offset', 'find']);
    const name = parseName(args.file);
    const page = integer(args, 'page', { min: 1, otherwise: 1 });
    const offset = integer(args, 'offset', { min: 0, otherwise: 0 });
    const query = args.find === undefined ? null : queryOf(args.find);
    const key = keyOf(site, textOf(args.file).trim());
    const call = { key, context, end: context.now() + PATIENCE_MS };
    const known = await context.files.pages({ key, page: 1, offset: 0, characters: 0, waitMs: 0 });
    if (!known || known.state.state === 'missed') await open(name, site, call);
    const about = { site: site.site, file: textOf(args.file) };
    const found = await (query === null ? readPages(page, offset, call) : findWords(query, call));
    return { ...about, ...found };
  },
};

/**
 * What a file is known by where documents are read.
 * @param {Site} site
 * @param {string} file its name in results
 */
export function keyOf({ site, userId }, file) {
  return JSON.stringify([site, userId ?? 0, file]);
}

/** @param {unknown} find */
function queryOf(find) {
  const query = textOf(find).trim();
  if (query === '' || query.length > 200) throw new Failure('invalid_arguments', { detail: 'find' });
  return query;
}

/**
 * Finds the file on the page of its activity and has it fetched; waits for it as long as there is time.
 * @param {ReturnType<typeof parseName>} name
 * @param {Site} site
 * @param {Call} call
 */
async function open({ kind, activity, isWanted }, site, { key, end, context: { pages, engine, files, signal, now } }) {
  const html = await pages.read(site, FILE_PAGES[kind], [activity], signal);
  const links = await engine.run('filesOfPage', { html, root: site.url }, signal);
  const link = links.find(isWanted);
  if (!link) throw new Failure('not_found', { site: site.site, detail: 'file' });
  const stop = () => {
    if (signal.reason instanceof Failure && signal.reason.reason === 'cancelled') void files.close(key);
  };
  signal.addEventListener('abort', stop, { once: true });
  const opened = files.open(site.url, link, key);
  const patience = AbortSignal.timeout(Math.max(0, end - now()));
  try {
    const state = await unlessAborted(AbortSignal.any([signal, patience]), opened);
    const miss = state.miss === 'signed_out' ? 'not_found' : state.miss;
    if (miss) throw new Failure(miss, { site: site.site, detail: 'file' });
  } catch (error) {
    if (!patience.aborted || signal.aborted) throw error;
  }
}

/**
 * @param {number} page
 * @param {number} offset
 * @param {Call} call
 */
async function readPages(page, offset, { key, end, context: { files, now, signal } }) {
  let characters = CHARACTERS;
  for (;;) {
    const wanted = { key, page, offset, characters, waitMs: Math.max(0, end - now()) };
    const found = await unlessAborted(signal, files.pages(wanted));
    if (!found) return notYet(page, offset);
    const { state, pieces } = found;
    if (state.total !== null && page > state.total) throw new Failure('invalid_arguments', { detail: 'page' });
    const fits = JSON.stringify(pieces).length <= JSON_CHARACTERS || characters < 1_000;
    if (fits) return pagesResult(state, pieces, page, offset);
    characters = Math.floor(characters * 0.75);
  }
}

/**
 * @param {State} state
 * @param {Piece[]} pieces
 * @param {number} page
 * @param {number} offset
 */
function pagesResult(state, pieces, page, offset) {
  if (state.state === 'fetching' && pieces.length === 0) return notYet(page, offset);
  const next = nextOf(state, pieces, page, offset);
  return {
    ...describe(state),
    pages: pieces.map(({ page: number, title, text, from, whole }) => ({
      [state.unit]: number, ...(title !== undefined && { title }), ...(from > 0 && { from_character: from }), text,
      ...(!whole && { cut: true }),
    })),
    coverage: { returned: pieces.length, total: state.total, ready: state.ready, more: next !== null },
    ...(next && { next }),
  };
}

/** @param {State} state */
function describe(state) {
  return {
    kind: state.kind ?? null,
    state: state.state === 'unreadable' && state.ready > 0 ? 'read in part' : state.state,
    ...(state.problem && { problem: PROBLEMS[state.problem] }),
    ...(state.notes.length > 0 && { notes: state.notes }),
  };
}

/**
 * Where to read on, or null at the end.
 * @param {State} state
 * @param {Piece[]} pieces
 * @param {number} page
 * @param {number} offset
 */
function nextOf(state, pieces, page, offset) {
  const last = pieces.at(-1);
  if (last && !last.whole) return { page: last.page, offset: last.from + last.text.length };
  const following = last ? last.page + 1 : page;
  const isOver = state.state === 'read' || state.state === 'unreadable';
  if (isOver && following > state.ready) return null;
  return { page: following, offset: last ? 0 : offset };
}

/**
 * @param {number} page
 * @param {number} offset
 */
function notYet(page, offset) {
  return {
    kind: null,
    state: 'fetching',
    pages: [],
    notes: ['The browser is still fetching the file. Call again with the same arguments in a few seconds.'],
    coverage: { returned: 0, total: null, ready: 0, more: true },
    next: { page, offset },
  };
}

/**
 * @param {string} query
 * @param {Call} call
 */
async function findWords(query, { key, end, context: { files, now, signal } }) {
  const wanted = { key, query, most: MATCHES, waitMs: Math.max(0, end - now()) };
  const found = await unlessAborted(signal, files.search(wanted));
  if (!found || found.state.state === 'fetching') return notYet(1, 0);
  const { state, matches, total } = found;
  return {
    ...describe(state),
    find: query,
    matches: matches.map(({ page, ...more }) => ({ [state.unit]: page, ...more })),
    coverage: { returned: matches.length, total, searched: state.ready, of: state.total, more: matches.length < total },
    ...(state.state === 'reading' && {
      notes: [...state.notes, 'Not all of the file was searched yet. Call again with the same arguments.'],
    }),
  };
}
