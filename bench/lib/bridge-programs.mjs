/** Our server with its bridge, and the extensions that connect to it. */

import { join } from 'node:path';
import { Child } from '../../e2e/lib/child.mjs';
import { freePort } from '../../e2e/lib/ports.mjs';
import { javaProgram, mainClass } from './java.mjs';

const START_MS = 60_000;
const CONNECT_MS = 180_000;
const CONNECTS_PER_SECOND = 500;
const EXTENSION_FLAGS = ['-Xmx1g', '-XX:+UseSerialGC'];

/** @typedef {import('./servers.mjs').Surroundings} Surroundings */
/** @typedef {{port: number, pid: number, child: Child}} Served */

/**
 * What a line of the extensions tells.
 * @typedef {object} Counts
 * @property {number} at milliseconds
 * @property {number} connected
 * @property {number} welcomes
 * @property {number} heartbeats
 * @property {number} commands
 * @property {Record<string, number>} closed by close code
 */

/** @typedef {{first?: number, count: number, courses?: number}} Wanted `first`: the number of the first account */

/**
 * Starts the server, and waits until it answers.
 * @param {Surroundings} surroundings
 * @param {string[]} flags of Java
 * @param {number} [wishedPort]
 * @returns {Promise<Served>}
 */
export async function startBridgeServer({ java, logs, running }, flags, wishedPort) {
  const port = wishedPort ?? await freePort();
  const { command, args } = javaProgram(java, flags, mainClass('BridgeServer'), [port]);
  const child = running.add(new Child('Moodle MCP', command, args, { log: join(logs, 'bridge-server.log') }));
  await child.until('answer of Moodle MCP', async () => (await fetch(`http://127.0.0.1:${port}/health`)).ok, { ms: START_MS });
  return { port, pid: child.pid ?? 0, child };
}

/**
 * Starts extensions in a process of their own.
 * @param {Surroundings} surroundings
 * @param {number} port
 * @param {Wanted} wanted
 */
export function startExtensions({ java, logs, running }, port, { first = 0, count, courses = 1 }) {
  const args = [`ws://127.0.0.1:${port}/ws`, first, count, CONNECTS_PER_SECOND, courses];
  const program = javaProgram(java, EXTENSION_FLAGS, mainClass('Extensions'), args);
  return running.add(new Child('extensions', program.command, program.args, { log: join(logs, `extensions-${first}.log`) }));
}

/**
 * Starts extensions, and waits until all are connected.
 * @param {Surroundings} surroundings
 * @param {number} port
 * @param {Wanted} wanted
 */
export async function connectedExtensions(surroundings, port, wanted) {
  const child = startExtensions(surroundings, port, wanted);
  await child.until(`${wanted.count} connected extensions`, () => counts(child)?.connected === wanted.count, { ms: CONNECT_MS });
  return child;
}

/**
 * What the extensions told last; null when they told nothing yet.
 * @param {Child} child
 * @returns {Counts | null}
 */
export function counts(child) {
  const line = child.printed(/^\{"at".*\}$/);
  return line === null ? null : JSON.parse(line[0]);
}
