/** Finds words in the files of a course, page by page. */

import { PATIENCE_MS } from '../documents/files.js';
import { FILE_PAGES, hasFiles, nameOf, parseName } from './file-names.js';
import { PROBLEMS } from '../documents/problem.js';
import { asFailure } from '../failure.js';
import { keyOf } from './read-file.js';
import { unlessAborted } from '../abort.js';

/** @typedef {import('../moodle/sites.js').Site} Site */
/** @typedef {import('./index.js').Context} Context */
/** @typedef {import('./search.js').Placed} Placed */
/** @typedef {import('../moodle/files.js').FileLink} FileLink */
/** @typedef {{name: string, file: string, link: FileLink | null, activity: Placed}} Candidate */

/** How many pages of one file are told. */
const MATCHES = 5;

/**
 * Where words stand in files that the browser holds already; nothing is fetched.
 * @param {string} query
 * @param {Placed[]} activities
 * @param {Site} site
 * @param {Context} context
 */
export async function openFilesFound(query, activities, site, { files, signal }) {
  const found = [];
  for (const { id, name, type } of activities) {
    if (type !== 'resource') continue;
    signal.throwIfAborted();
    const answer = await files.search({ key: keyOf(site, `resource-${id}`), query, most: MATCHES, waitMs: 0 });
    if (answer && answer.total > 0) found.push(entryOf({ name, file: `resource-${id}` }, answer));
  }
  return found;
}

/**
 * Where words stand in the files of a course, from one file on, as far as the time allows. Each file's activity is
 * opened, which Moodle notes as a visit.
 * @param {string} query
 * @param {Placed[]} activities
 * @param {number} first counted from 1
 * @param {Site} site
 * @param {Context} context
 */
export async function filesFound(query, activities, first, site, context) {
  const end = context.now() + PATIENCE_MS;
  const places = activities.filter(({ type, available }) => available && (type === 'resource' || type === 'folder'));
  const found = [];
  const unread = [];
  let place = first - 1;
  for (; place < places.length && context.now() < end; place += 1) {
    const { matches, problems } = await inActivity(query, places[place], end, site, context);
    found.push(...matches);
    unread.push(...problems);
  }
  const more = place < places.length;
  return {
    found,
    not_read: unread,
    searched: `file activities and folders ${Math.min(first, places.length)} to ${place} of ${places.length}`,
    more,
    ...(more && { next: { first_file: place + 1 } }),
  };
}

/**
 * @param {string} query
 * @param {Placed} activity
 * @param {number} end
 * @param {Site} site
 * @param {Context} context
 */
async function inActivity(query, activity, end, site, context) {
  const matches = [];
  const problems = [];
  for (const candidate of await candidatesOf(activity, site, context)) {
    const answer = await searched(query, candidate, end, site, context);
    if (typeof answer === 'string') problems.push({ file: candidate.file, why: answer });
    else if (answer.total > 0) matches.push(entryOf(candidate, answer));
  }
  return { matches, problems };
}

/**
 * The files of an activity.
 * @param {Placed} activity
 * @param {Site} site
 * @param {Context} context
 * @returns {Promise<Candidate[]>}
 */
async function candidatesOf(activity, site, { pages, engine, signal }) {
  const { id, type, name } = activity;
  if (!hasFiles(type)) return [];
  try {
    const html = await pages.read(site, FILE_PAGES[type], [id], signal);
    const links = await engine.run('filesOfPage', { html, root: site.url }, signal);
    if (type !== 'resource') {
      return links.map((link) => ({ name: link.path, file: nameOf(type, id, link), link, activity }));
    }
    const link = links.find(parseName(`resource-${id}`).isWanted) ?? null;
    return [{ name, file: `resource-${id}`, link, activity }];
  } catch (error) {
    signal.throwIfAborted();
    if (asFailure(error).reason !== 'not_found') throw error;
    return [];
  }
}

/**
 * What was found in a file, or why it could not be read.
 * @param {string} query
 * @param {Candidate} candidate
 * @param {number} end
 * @param {Site} site
 * @param {Context} context
 * @returns {Promise<Answer | string>}
 */
async function searched(query, { file, link }, end, site, { files, now, signal }) {
  if (!link) return 'Moodle shows no file there.';
  const key = keyOf(site, file);
  const waitMs = () => Math.max(0, end - now());
  try {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(waitMs())]);
    await unlessAborted(patience, files.open(site.url, link, key));
  } catch (error) {
    signal.throwIfAborted();
    if (waitMs() > 0) throw error;
  }
  const answer = await unlessAborted(signal, files.search({ key, query, most: MATCHES, waitMs: waitMs() }));
  if (!answer || answer.state.state === 'fetching') return 'It is still being fetched: search again in a few seconds.';
  if (answer.state.problem) return PROBLEMS[answer.state.problem];
  if (answer.state.state === 'missed') return 'Moodle did not give the file.';
  return answer;
}

/** @typedef {NonNullable<Awaited<ReturnType<import('../documents/files.js').Files['search']>>>} Answer */

/**
 * @param {{name: string, file: string}} candidate
 * @param {Answer} answer
 */
function entryOf({ name, file }, { state, matches, total }) {
  return {
    name,
    file,
    pages: matches.map(({ page, ...more }) => ({ [state.unit]: page, ...more })),
    pages_with_it: total,
    ...(state.state === 'reading' && { searched: `the first ${state.ready} pages` }),
  };
}
