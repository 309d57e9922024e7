/** How fast one tool call over HTTP is: ours next to the bare listener and the official SDKs' servers. */

import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findJava } from '../e2e/lib/places.mjs';
import { findProgram } from '../e2e/lib/programs.mjs';
import { Running } from '../e2e/lib/running.mjs';
import { messageOf } from '../e2e/lib/until.mjs';
import { medians, ratio, ratiosTable, resultsTable } from './lib/figures.mjs';
import { measure, warmUp } from './lib/load.mjs';
import { machine, positive, say, TARGET, tell, UsageError, write } from './lib/report.mjs';
import { NAMES, startAll } from './lib/servers.mjs';

const AIMS = { bare: 0.6, javaSdk: 1, tsSdk: 10 };

const USAGE = `Usage: ./moodle-mcp bench mcp [--rounds 5] [--seconds 5] [--connections 32]

Puts each server under load for some seconds, one after the other, and all of them again in each round. Prints medians;
everything that was measured is in target/bench/mcp.json.`;

const OPTIONS = /** @type {const} */ ({
  java: { type: 'string' },
  rounds: { type: 'string', default: '5' },
  seconds: { type: 'string', default: '5' },
  connections: { type: 'string', default: '32' },
  help: { type: 'boolean', default: false },
});

/** @typedef {import('./lib/figures.mjs').Series} Series */
/** @typedef {{java: string, rounds: number, seconds: number, connections: number}} Plan */

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
 * @param {Plan} plan
 * @param {Running} running
 */
async function run({ java, rounds, seconds, connections }, running) {
  const wrk = findProgram('wrk');
  if (wrk === null) throw new Error('wrk, which makes the load, is missing. Install it, on Debian with: apt-get install wrk.');
  const tool = { wrk, connections };
  const started = new Date().toISOString();
  const contestants = await startAll({ java, logs: join(TARGET, 'logs'), running });
  /** @type {(Series & {warmUp: number[], contestant: typeof contestants[number]})[]} */
  const all = [];
  for (const contestant of contestants) {
    tell(`Warming up: ${contestant.server}, ${contestant.revision} …`);
    const { server, revision } = contestant;
    all.push({ server, revision, warmUp: await warmUp(tool, contestant), rounds: [], contestant });
  }
  /** @type {number[]} */
  const load = [];
  for (let round = 1; round <= rounds; round += 1) {
    tell(`Round ${round} of ${rounds} …`);
    load.push(loadavg()[0] ?? 0);
    for (const series of all) series.rounds.push(await measure(tool, series.contestant, seconds));
  }
  const ratios = ratiosOf(all);
  show(all, ratios, { rounds, seconds, connections });
  const results = all.map((series) => ({ ...medians(series), rounds: series.rounds, warmUp: series.warmUp }));
  write('mcp.json', { started, machine: machine(), rounds, seconds, connections, loadAverage: load, results, ratios });
  return all.every((series) => series.rounds.every((round) => round.failed === 0)) ? 0 : 1;
}

/** @param {Series[]} all */
function ratiosOf(all) {
  return all.filter(({ server }) => server === NAMES.ours).flatMap((ours) => {
    /** @param {string} name */
    const peer = (name) => {
      const same = all.filter(({ server }) => server === name);
      return same.find(({ revision }) => revision === ours.revision) ?? same[0];
    };
    return /** @type {const} */ (['bare', 'javaSdk', 'tsSdk']).flatMap((key) => {
      const other = peer(NAMES[key]);
      return other === undefined ? [] : [ratio(ours, other, AIMS[key])];
    });
  });
}

/**
 * @param {Series[]} all
 * @param {import('./lib/figures.mjs').Ratio[]} ratios
 * @param {{rounds: number, seconds: number, connections: number}} plan
 */
function show(all, ratios, { rounds, seconds, connections }) {
  say(`tools/call of echo over HTTP, ${connections} connections: medians of ${rounds} rounds of ${seconds} s`);
  say();
  for (const line of [...resultsTable(all), '', ...ratiosTable(ratios)]) say(line);
}

const running = new Running();
running.endWithProcess();
try {
  const plan = readPlan(process.argv.slice(2));
  if (plan === null) say(USAGE);
  else process.exitCode = await run(plan, running);
} catch (error) {
  tell(`bench mcp: ${messageOf(error)}`);
  if (error instanceof UsageError) tell(USAGE);
  process.exitCode = error instanceof UsageError ? 2 : 1;
} finally {
  await running.end();
}
