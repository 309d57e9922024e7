/** Runs an operation against a Moodle whose functions and pages answer as a test says. */

import { DOMParser } from 'linkedom';
import { OPERATIONS } from '../src/operations/index.js';
import { localEngine } from '../src/engine/engine.js';
import { ajaxAnswer, moodlePage } from './fakes.js';
import { newWorld } from './world.js';

globalThis.DOMParser ??= DOMParser;

export const ROOT = 'https://moodle.example.edu/moodle';

/**
 * @param {string} name
 * @param {object} args
 * @param {{functions?: object, pages?: object, now?: string, zone?: string}} moodle functions by name, given their
 *     arguments; the main part of pages by path, given their query, with the body's attributes before it. Of an operation
 *     that writes `proposal` is what the person would see, and `written` what was asked of the Moodle afterwards
 */
export async function runOperation(
  name, args, { functions = {}, pages = {}, sent, meanwhile = () => {}, now = '2026-11-22T09:30:00Z', zone, files = [] } = {},
) {
  const parts = await newWorld();
  const { moodle, site } = parts;
  moodle.page = () => moodlePage({ wwwroot: moodle.url, zone });
  moodle.ajax = ({ calls }) => {
    const entries = [];
    for (const { methodname, args: callArgs } of calls) {
      entries.push((functions[methodname] ?? (() => new Error('servicenotavailable')))(callArgs));
      if (entries.at(-1) instanceof Error) break;
    }
    return ajaxAnswer(...entries);
  };
  moodle.read = ({ url }) => {
    const path = url.pathname.replace('/moodle', '');
    const made = pages[path]?.(url.searchParams) ?? 'redirect';
    if (typeof made === 'string') return made;
    return moodlePage({ wwwroot: moodle.url, bodyId: bodyIdOf(path), ...made })
      .replace('<body ', `<body class="${made.classes ?? ''}" `);
  };
  if (sent) moodle.sent = sent;
  const context = {
    ...parts, now: () => Date.parse(now), sites: [site], engine: localEngine(), signal: new AbortController().signal,
  };
  const operation = OPERATIONS.get(name);
  const proposal = await operation.propose?.(args, site, context);
  meanwhile();
  const before = moodle.requests.length;
  const result = await operation.run(args, site, context, { proposal, files: async () => files });
  return { result, moodle, proposal, written: moodle.requests.slice(before) };
}

/** The id of the body that Moodle gives the page of a path. */
function bodyIdOf(path) {
  return `page-${path.replace(/\.php$/, '').slice(1).replaceAll('/', '-')}`;
}
