/** The official conformance suite, run as its own program. */

import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { Child, StartError } from '../../lib/child.mjs';

const PACKAGE = fileURLToPath(new URL('../node_modules/@modelcontextprotocol/conformance/', import.meta.url));
const RUN_MS = 150_000;
const QUESTION = /https?:\/\/\S+\/authorize\?\S+/;

/** @typedef {{id: string, status: 'SUCCESS' | 'FAILURE' | 'WARNING' | 'SKIPPED' | 'INFO', errorMessage?: string}} Check */
/** @typedef {Map<string, Check[]>} Results the checks of every scenario that ran */

/** @typedef {{requirements: string} | {revision: string}} Selection a requirement set, or all scenarios that fit a revision */

/** The suite, with the Node it runs on. */
export class Suite {
  #node;
  #folder;
  #running;

  /**
   * @param {string} node the program
   * @param {string} folder that gets the results; what was in it is removed
   * @param {import('../../lib/running.mjs').Running} running
   */
  constructor(node, folder, running) {
    this.#node = node;
    this.#folder = folder;
    this.#running = running;
    rmSync(folder, { recursive: true, force: true });
  }

  /**
   * Runs scenarios one after the other against an endpoint that asks for no key.
   * @param {string} name of the run, for its files
   * @param {string} url
   * @param {Selection} selection
   * @returns {Promise<Results>}
   */
  async run(name, url, selection) {
    const { child, folder } = this.#start(name, ['server', '--url', url, ...flags(selection)]);
    return this.#results(child, folder);
  }

  /**
   * Runs the scenarios for authorization servers, which ask a person to log in.
   * @param {string} name of the run, for its files
   * @param {{issuer: string, clientId: string, port: number}} asked `port`: where the client's redirect address leads
   * @param {(question: string) => Promise<void>} allow opens the question, allows it and goes back
   * @returns {Promise<Results>}
   */
  async authorize(name, { issuer, clientId, port }, allow) {
    const { child, folder } = this.#start(name, ['authorization', '--url', issuer, '--client-id', clientId,
      '--resource', `${issuer}/mcp`, '--port', String(port)]);
    const [question] = await child.line(QUESTION);
    await allow(question);
    return this.#results(child, folder);
  }

  /**
   * @param {string} name
   * @param {string[]} args
   */
  #start(name, args) {
    const folder = join(this.#folder, name.replaceAll(' ', '-'));
    mkdirSync(folder, { recursive: true });
    const all = [join(PACKAGE, 'dist', 'index.js'), ...args, '-o', folder];
    const child = this.#running.add(new Child('The conformance suite', this.#node, all, { log: join(folder, 'log.txt') }));
    return { child, folder };
  }

  /**
   * @param {Child} child
   * @param {string} folder
   */
  async #results(child, folder) {
    await child.until('end of the conformance suite', () => child.hasEnded, { ms: RUN_MS })
      .catch((error) => { if (!child.hasEnded) throw error; });
    const results = readResults(folder);
    // Its exit code only says whether some scenario failed, which the results say as well.
    if (results.size === 0) throw new StartError('The conformance suite left no results.', child.tail());
    return results;
  }
}

/** @param {Selection} selection */
function flags(selection) {
  if ('requirements' in selection) return ['--requirements', selection.requirements];
  return ['--spec-version', selection.revision, '--suite', 'all'];
}

/**
 * @param {string} folder
 * @returns {Results}
 */
function readResults(folder) {
  /** @type {Results} */
  const results = new Map();
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const scenario = /^(?:authorization-)?server-(.+?)-\d{4}-\d\d-\d\dT/.exec(entry.name)?.[1];
    if (entry.isDirectory() && scenario) results.set(scenario, readChecks(join(folder, entry.name, 'checks.json')));
  }
  return results;
}

/**
 * @param {string} path
 * @returns {Check[]} one failure when the scenario ended without saying anything
 */
function readChecks(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return [{ id: 'results', status: 'FAILURE', errorMessage: 'The scenario left no checks; see the log of the run.' }];
  }
}

/**
 * The server scenarios that a revision requires, as the suite froze them.
 * @param {string} revision
 * @returns {string[]}
 */
export function requiredScenarios(revision) {
  return parse(readFileSync(join(PACKAGE, 'requirements', `${revision}.yaml`), 'utf8')).server;
}
