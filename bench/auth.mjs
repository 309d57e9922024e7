/** What it costs to know who calls: a tool call with an API key and with an access token, next to one that shows nothing. */

import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Child } from '../e2e/lib/child.mjs';
import { findJava } from '../e2e/lib/places.mjs';
import { freePort } from '../e2e/lib/ports.mjs';
import { findProgram } from '../e2e/lib/programs.mjs';
import { Running } from '../e2e/lib/running.mjs';
import { messageOf } from '../e2e/lib/until.mjs';
import { callOf, isGuarded, tried } from './lib/calls.mjs';
import { added, medians, resultsTable } from './lib/figures.mjs';
import { javaProgram, mainClass } from './lib/java.mjs';
import { measure, warmUp } from './lib/load.mjs';
import { machine, positive, say, TARGET, tell, UsageError, write } from './lib/report.mjs';
import { JAVA_FLAGS } from './lib/servers.mjs';

const REVISION = '2026-07-28';
const AIM = 0.1;
const START_MS = 90_000;

const USAGE = `Usage: ./moodle-mcp bench auth [--rounds 5] [--seconds 5] [--connections 32]

Calls the same tool without a credential, with an API key and with an access token, one after the other, and all of them
again in each round. Prints medians; everything that was measured is in target/bench/auth.json.`;

const OPTIONS = /** @type {const} */ ({
  java: { type: 'string' },
  rounds: { type: 'string', default: '5' },
  seconds: { type: 'string', default: '5' },
  connections: { type: 'string', default: '32' },
  help: { type: 'boolean', default: false },
});

/** @typedef {{java: string, rounds: number, seconds: number, connections: number}} Plan */
/** @typedef {import('./lib/figures.mjs').Series & {warmUp: number[], target: import('./lib/load.mjs').Target}} Part */

/**
 * @param {string[]} args
 * @returns {Plan | null} null when help is asked for
 */
function readPlan(args) {
  const { values } = parsed(args);
  if (values.help) return null;
  return {
    java: values.java ?? findJava(),
    rounds: positive('--rounds', values.rounds),
    seconds: positive('--seconds', values.seconds),
    connections: positive('--connections', values.connections),
  };
}

/** @param {string[]} args */
function parsed(args) {
  try {
    return parseArgs({ args, options: OPTIONS });
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}

/**
 * Starts the two servers, which are one program, and gives what is measured, after one good answer of each.
 * @param {string} java
 * @param {string} folder for the database
 * @param {Running} running
 * @returns {Promise<Part[]>}
 */
async function start(java, folder, running) {
  const [open, guarded] = [await freePort(), await freePort()];
  const { command, args } = javaProgram(java, JAVA_FLAGS, mainClass('AuthServer'), [open, guarded, folder]);
  const child = running.add(new Child('AuthServer', command, args, { log: join(TARGET, 'logs', 'AuthServer.log') }));
  const [, key = '', token = ''] = await child.line(/^ready (\S+) (\S+)$/m, { ms: START_MS });
  const parts = [
    { server: 'no authentication', port: open, credential: 'anything' },
    { server: 'API key', port: guarded, credential: key },
    { server: 'access token', port: guarded, credential: token },
  ].map(({ server, port, credential }) => {
    const call = callOf(REVISION, `http://127.0.0.1:${port}/mcp`);
    call.headers.Authorization = `Bearer ${credential}`;
    return { server, revision: REVISION, rounds: [], warmUp: [], target: { pid: child.pid ?? 0, call } };
  });
  for (const { server, target } of parts) await child.until(`right answer with ${server}`, () => tried(target.call), { ms: START_MS });
  for (const { server, target } of parts.slice(1)) {
    if (!(await isGuarded(target.call))) throw new Error(`The server answers without the ${server}.`);
  }
  return parts;
}

/**
 * @param {Plan} plan
 * @param {string} folder
 * @param {Running} running
 */
async function run({ java, rounds, seconds, connections }, folder, running) {
  const wrk = findProgram('wrk');
  if (wrk === null) throw new Error('wrk, which makes the load, is missing. Install it, on Debian with: apt-get install wrk.');
  const tool = { wrk, connections };
  const started = new Date().toISOString();
  const parts = await start(java, folder, running);
  for (const part of parts) {
    tell(`Warming up: ${part.server} …`);
    part.warmUp = await warmUp(tool, part.target);
  }
  /** @type {number[]} */
  const load = [];
  for (let round = 1; round <= rounds; round += 1) {
    tell(`Round ${round} of ${rounds} …`);
    load.push(loadavg()[0] ?? 0);
    for (const part of parts) part.rounds.push(await measure(tool, part.target, seconds));
  }
  const costs = costsOf(parts);
  say(`tools/call of echo over HTTP, ${connections} connections: medians of ${rounds} rounds of ${seconds} s`);
  say();
  for (const line of resultsTable(parts)) say(line);
  say();
  for (const { credential, share } of costs) say(lineOf(credential, share));
  const results = parts.map((part) => ({ ...medians(part), rounds: part.rounds, warmUp: part.warmUp }));
  write('auth.json', { started, machine: machine(), rounds, seconds, connections, loadAverage: load, results, costs });
  return parts.every((part) => part.rounds.every((round) => round.failed === 0)) ? 0 : 1;
}

/** @param {Part[]} parts without authentication first */
function costsOf([without, ...others]) {
  if (without === undefined) return [];
  return others.map((part) => ({ credential: part.server, share: added(part, without) }));
}

/**
 * @param {string} credential
 * @param {number} share
 */
function lineOf(credential, share) {
  const percent = (share * 100).toFixed(0);
  return `authentication by ${credential} adds ${percent} % (not cached; aim ≤ ${AIM * 100} % when cached: there is no cache)`;
}

const running = new Running();
running.endWithProcess();
const folder = mkdtempSync(join(tmpdir(), 'moodle-mcp-bench-auth-'));
try {
  const plan = readPlan(process.argv.slice(2));
  if (plan === null) say(USAGE);
  else process.exitCode = await run(plan, folder, running);
} catch (error) {
  tell(`bench auth: ${messageOf(error)}`);
  if (error instanceof UsageError) tell(USAGE);
  process.exitCode = error instanceof UsageError ? 2 : 1;
} finally {
  await running.end();
  rmSync(folder, { recursive: true, force: true });
}
