/** A Moodle that answers what was recorded of a real one; a request that was never recorded fails the test. */

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DOMParser } from 'linkedom';
import { OPERATIONS } from '../src/operations/index.js';
import { localEngine } from '../src/engine/engine.js';
import { FakeMoodle, moodlePage } from '../test/fakes.js';
import { newWorld } from '../test/world.js';

globalThis.DOMParser ??= DOMParser;

const folder = process.env.MOODLE_MCP_RECORDINGS
  ?? fileURLToPath(new URL('../../../shared/moodle/recordings', import.meta.url));

/** Why there is nothing to test, or false. */
export const skip = existsSync(folder) ? false : 'no recordings';
export const versions = skip ? [] : readdirSync(folder).filter((name) => /^\d+\.\d+$/.test(name));

const index = skip ? [] : JSON.parse(readFileSync(`${folder}/index.json`, 'utf8'));
const textOf = ({ file }) => readFileSync(`${folder}/${file}`, 'utf8');

/**
 * What a 4.5 answers to the overview that only 5.0 has, as its real answer was seen; it is not among the recordings.
 * The overview of a course without assignments is another that was not recorded.
 */
const UNRECORDED = { core_get_fragment: { error: false, data: { html: null, javascript: '' } } };

/**
 * Runs an operation as the recorded student.
 * @param {string} version
 * @param {string} name
 * @param {object} args
 * @param {{now?: string, role?: string}} [options]
 */
export async function runRecorded(version, name, args, { now = '2026-11-22T09:30:00Z', role = 'student' } = {}) {
  const entries = index.filter((entry) => entry.version === version && entry.role === role);
  const moodle = new FakeMoodle();
  moodle.url = rootOf(version);
  moodle.page = () => moodlePage({ wwwroot: moodle.url, sesskey: 'SESSKEY00', userId: role === 'student' ? 6 : 3 });
  moodle.ajax = ({ calls }) => {
    const answers = calls.map((call) => answerTo(call, entries));
    const failed = answers.findIndex(({ error }) => error);
    return JSON.stringify(failed < 0 ? answers : answers.slice(0, failed + 1));
  };
  moodle.read = ({ url }) => pageAt(url, entries);
  moodle.sent = (path) => (path.startsWith('/repository/')
    ? textOf(entries.find(({ file }) => file.endsWith('/repository_upload.json'))) : 'redirect');
  const world = await newWorld(moodle);
  const context = {
    ...world, now: () => Date.parse(now), sites: [world.site], engine: localEngine(), signal: new AbortController().signal,
  };
  const operation = OPERATIONS.get(name);
  const proposal = await operation.propose?.(args, world.site, context);
  return operation.run(args, world.site, context, { proposal, files: async () => [] });
}

/** Where the recorded Moodle lived. */
export function rootOf(version) {
  const page = index.find(({ file }) => file === `${version}/student/html/my.html`);
  return JSON.parse(/M\.cfg\s*=\s*(\{.*?\});/s.exec(textOf(page))[1]).wwwroot;
}

/** The recorded answer to the call that is most alike; one that is about something else is none. */
function answerTo({ methodname, args }, entries) {
  const identifying = ['courseid', 'discussionid', 'convid', 'callback', 'args'];
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const alike = entries.flatMap((entry) => {
    const call = Array.isArray(entry.request.body) ? entry.request.body[0] : undefined;
    if (call?.methodname !== methodname || entry.request.body.length !== 1) return [];
    const given = call.args ?? {};
    if (args.messages?.[0].touserid !== given.messages?.[0].touserid) return [];
    if (identifying.some((key) => key in args && key in given && !same(args[key], given[key]))) return [];
    const differing = Object.keys(args).filter((key) => !same(args[key], given[key])).length;
    return [{ entry, differing }];
  }).sort((a, b) => a.differing - b.differing);
  const answers = alike.map(({ entry }) => JSON.parse(textOf(entry))).filter(Array.isArray);
  const answer = answers.find(([first]) => !first.error) ?? answers[0];
  if (!answer && !(methodname in UNRECORDED)) throw new Error(`Never recorded: ${methodname} ${JSON.stringify(args)}`);
  return answer?.[0] ?? UNRECORDED[methodname];
}

/** The recorded page whose path and ids are the same; a redirect where Moodle redirected. */
function pageAt(url, entries) {
  const ids = ['id', 'attempt', 'p', 'action'];
  const found = entries.find(({ request, file }) => {
    if (request.method !== 'GET' || !file.endsWith('.html')) return false;
    const recorded = new URL(request.path, url);
    return recorded.pathname === url.pathname
      && ids.every((key) => (recorded.searchParams.get(key) ?? '0') === (url.searchParams.get(key) ?? '0'));
  });
  if (!found) throw new Error(`Never recorded: ${url.pathname}${url.search}`);
  const { path, finalUrl } = found.request;
  const moved = finalUrl !== undefined && new URL(finalUrl, url).pathname !== new URL(path, url).pathname;
  return moved ? 'redirect' : textOf(found);
}
