/** The programs that are put under load. */

import { join } from 'node:path';
import { Child } from '../../e2e/lib/child.mjs';
import { freePort } from '../../e2e/lib/ports.mjs';
import { callOf, isGuarded, KEY, REVISIONS, tried } from './calls.mjs';
import { BENCH, javaProgram, mainClass } from './java.mjs';

const START_MS = 60_000;

/** The same heap for each Java, so that none is helped by more memory. */
export const JAVA_FLAGS = ['-Xms512m', '-Xmx512m'];

/** @typedef {import('./calls.mjs').Revision} Revision */
/** @typedef {{server: string, revision: Revision, pid: number, call: import('./load.mjs').Call}} Contestant */
/** @typedef {{java: string, logs: string, running: import('../../e2e/lib/running.mjs').Running}} Surroundings */

/** What each server is called in the results. */
export const NAMES = /** @type {const} */ ({
  bare: 'bare Grizzly handler', ours: 'Moodle MCP', javaSdk: 'Java SDK on Jetty', tsSdk: 'TypeScript SDK',
});

/**
 * Starts every server, and gives each with each revision it is measured with, after one good answer.
 * @param {Surroundings} surroundings
 * @returns {Promise<Contestant[]>}
 */
export async function startAll(surroundings) {
  const ours = await startMcp(NAMES.ours, REVISIONS, (port) => ourServer(surroundings.java, port), surroundings);
  const bare = await startBare(ours, surroundings);
  const javaSdk = await startMcp(NAMES.javaSdk, ['2025-11-25'], (port) => javaSdkServer(surroundings.java, port), surroundings);
  const tsSdk = await startMcp(NAMES.tsSdk, REVISIONS, tsServer, surroundings);
  return [...bare, ...ours, ...javaSdk, ...tsSdk];
}

/** @typedef {import('./java.mjs').Program} Program */

/**
 * @param {string} server
 * @param {readonly Revision[]} revisions
 * @param {(port: number) => Program} program
 * @param {Surroundings} surroundings
 */
async function startMcp(server, revisions, program, surroundings) {
  const port = await freePort();
  const child = start(server, program(port), surroundings);
  const contestants = revisions.map((revision) => ({
    server, revision, pid: child.pid ?? 0, call: callOf(revision, `http://127.0.0.1:${port}/mcp`),
  }));
  for (const { call } of contestants) {
    await child.until(`right answer of ${server}`, () => tried(call), { ms: START_MS });
    if (!(await isGuarded(call))) throw new Error(`${server} answers without the key.`);
  }
  return contestants;
}

/**
 * The bare handler, with an address for each of our answers.
 * @param {Contestant[]} ours
 * @param {Surroundings} surroundings
 */
async function startBare(ours, surroundings) {
  const port = await freePort();
  const answers = await Promise.all(ours.map(async ({ revision, call }) => `/${revision}=${await tried(call)}`));
  const program = javaProgram(surroundings.java, JAVA_FLAGS, mainClass('BareGrizzly'), [port, ...answers]);
  const child = start(NAMES.bare, program, surroundings);
  const contestants = ours.map(({ revision, call }) => ({
    server: NAMES.bare, revision, pid: child.pid ?? 0, call: { ...call, url: `http://127.0.0.1:${port}/${revision}` },
  }));
  for (const { call } of contestants) {
    await child.until(`right answer of ${NAMES.bare}`, () => tried(call), { ms: START_MS });
  }
  return contestants;
}

/**
 * @param {string} name
 * @param {Program} program
 * @param {Surroundings} surroundings
 */
function start(name, { command, args }, { logs, running }) {
  return running.add(new Child(name, command, args, { log: join(logs, `${name.replaceAll(' ', '-')}.log`) }));
}

/**
 * @param {string} java
 * @param {number} port
 */
function ourServer(java, port) {
  return javaProgram(java, JAVA_FLAGS, mainClass('OurServer'), [port, KEY]);
}

/**
 * @param {string} java
 * @param {number} port
 */
function javaSdkServer(java, port) {
  const main = 'io.github.moodlemcp.bench.javasdk.JavaSdkServer';
  return javaProgram(java, JAVA_FLAGS, main, [port, KEY], join(BENCH, 'java-sdk'));
}

/** @param {number} port */
function tsServer(port) {
  return { command: process.execPath, args: [join(BENCH, 'ts', 'server.mjs'), String(port), KEY] };
}
