/** How fast a call through the bridge is, what idle connections cost, and how soon all are back after a restart. */

import { execFileSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findJava } from '../e2e/lib/places.mjs';
import { findProgram } from '../e2e/lib/programs.mjs';
import { Running } from '../e2e/lib/running.mjs';
import { messageOf } from '../e2e/lib/until.mjs';
import { idleFigure, idleTable } from './lib/bridge-figures.mjs';
import { measureChain } from './lib/chain.mjs';
import { ratiosTable, resultsTable } from './lib/figures.mjs';
import { measureIdle } from './lib/idle.mjs';
import { machine, positive, say, TARGET, tell, UsageError, write } from './lib/report.mjs';
import { measureReturns } from './lib/returns.mjs';

const AIMS = { idleKb: 35, returnSeconds: 30 };
const PARTS = /** @type {const} */ (['chain', 'idle', 'return']);

/** Files beside connections: libraries, the listener, what measures. */
const OTHER_FILES = 500;

const USAGE = `Usage: ./moodle-mcp bench bridge [--quick] [--parts chain,idle,return]
           [--rounds 7] [--seconds 5] [--connections 32] [--idle 1000,5000,15000] [--watch 40] [--returning 4000]

Measures calls through the bridge next to the bare listeners, idle connections, and the return of all extensions after the
server was away. Everything that was measured is in target/bench/bridge.json. --quick is a trial with small numbers.`;

const OPTIONS = /** @type {const} */ ({
  java: { type: 'string' },
  quick: { type: 'boolean', default: false },
  parts: { type: 'string', default: PARTS.join(',') },
  rounds: { type: 'string' },
  seconds: { type: 'string' },
  connections: { type: 'string', default: '32' },
  idle: { type: 'string' },
  watch: { type: 'string' },
  returning: { type: 'string' },
  help: { type: 'boolean', default: false },
});

const DEFAULTS = {
  whole: { rounds: '7', seconds: '5', idle: '1000,5000,15000', watch: '40', returning: '4000' },
  quick: { rounds: '3', seconds: '2', idle: '500,1000', watch: '21', returning: '500' },
};

/** @param {string[]} args */
function readPlan(args) {
  const values = parsed(args);
  if (values.help) return null;
  const defaults = values.quick ? DEFAULTS.quick : DEFAULTS.whole;
  const parts = values.parts.split(',');
  const unknown = parts.find((part) => !PARTS.some((known) => known === part));
  if (unknown !== undefined) throw new UsageError(`--parts ${unknown} is no part: give some of ${PARTS.join(', ')}.`);
  return {
    java: values.java ?? findJava(),
    parts,
    rounds: positive('--rounds', values.rounds ?? defaults.rounds),
    seconds: positive('--seconds', values.seconds ?? defaults.seconds),
    connections: positive('--connections', values.connections),
    idle: (values.idle ?? defaults.idle).split(',').map((step) => positive('--idle', step)).sort((a, b) => a - b),
    watch: positive('--watch', values.watch ?? defaults.watch),
    returning: positive('--returning', values.returning ?? defaults.returning),
  };
}

/** @param {string[]} args */
function parsed(args) {
  try {
    return parseArgs({ args, options: OPTIONS }).values;
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}

/** @typedef {NonNullable<ReturnType<typeof readPlan>>} Plan */
/** @typedef {import('./lib/servers.mjs').Surroundings} Surroundings */

/**
 * Each connection is a file of the server, so a low limit is told before anything is started.
 * @param {Plan} plan
 */
function checkFiles({ parts, idle, returning }) {
  const needed = Math.max(parts.includes('idle') ? Math.max(...idle) : 0, parts.includes('return') ? returning : 0) + OTHER_FILES;
  const limit = execFileSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' }).trim();
  if (limit !== 'unlimited' && Number(limit) < needed) {
    throw new Error(`A process may open ${limit} files here, and ${needed} are needed. Raise the hard limit, or give --idle and --returning less.`);
  }
}

/**
 * @param {Surroundings} surroundings
 * @param {Plan} plan
 */
async function chain(surroundings, plan) {
  const wrk = findProgram('wrk');
  if (wrk === null) throw new Error('wrk, which makes the load, is missing. Install it, on Debian with: apt-get install wrk.');
  const { series, ratio } = await measureChain({ ...surroundings, wrk }, plan, tell);
  say(`list_courses through POST /mcp, the bridge and an extension, ${plan.connections} connections: medians of ${plan.rounds} rounds of ${plan.seconds} s`);
  say();
  for (const line of [...resultsTable(series), '', ...ratiosTable([ratio])]) say(line);
  say();
  say(`ratio to bare chain: ${ratio.byRate.toFixed(2)}`);
  say(`ratio to bare chain by CPU of the servers: ${ratio.byCpu.toFixed(2)}`);
  say();
  const failed = series.some(({ rounds }) => rounds.some((round) => round.failed > 0));
  return { failed, results: { ratio, series: series.map(({ server, rounds }) => ({ server, rounds })) } };
}

/**
 * @param {Surroundings} surroundings
 * @param {Plan} plan
 */
async function idle(surroundings, plan) {
  const steps = await measureIdle(surroundings, { steps: plan.idle, seconds: plan.watch }, tell);
  say(`Idle connections with heartbeats, each step watched for ${plan.watch} s; memory after a garbage collection, beyond that of the server alone`);
  say();
  for (const line of idleTable(steps)) say(line);
  say();
  const figure = idleFigure(steps);
  say(`KB per idle connection: ${figure.toFixed(1)} (aim: ≤ ${AIMS.idleKb}, ${figure <= AIMS.idleKb ? 'reached' : 'missed'})`);
  say();
  return { failed: false, results: steps };
}

/**
 * @param {Surroundings} surroundings
 * @param {Plan} plan
 */
async function returning(surroundings, plan) {
  const returns = await measureReturns(surroundings, plan.returning, tell);
  for (const { how, connections, awaySeconds, seconds, sinceStopSeconds } of returns) {
    const verdict = seconds <= AIMS.returnSeconds ? 'reached' : 'missed';
    say(`${connections} connections back after a ${how}: ${seconds.toFixed(1)} s after the server answered again (aim: ≤ ${AIMS.returnSeconds} s, ${verdict}), ${sinceStopSeconds.toFixed(1)} s after it began to end; it was away for ${awaySeconds.toFixed(1)} s`);
  }
  return { failed: false, results: returns };
}

/**
 * @param {Plan} plan
 * @param {Running} all what is to be ended at the end
 */
async function run(plan, all) {
  checkFiles(plan);
  const started = new Date().toISOString();
  const measures = { chain, idle, return: returning };
  /** @type {Record<string, unknown>} */
  const results = {};
  let failed = false;
  for (const part of PARTS.filter((known) => plan.parts.includes(known))) {
    const running = all.add(new Ending());
    const measured = await measures[part]({ java: plan.java, logs: join(TARGET, 'logs'), running: running.programs }, plan);
    await running.stop();
    results[part] = measured.results;
    failed ||= measured.failed;
  }
  write('bridge.json', { started, machine: machine(), loadAverage: loadavg(), plan: { ...plan, java: undefined }, results });
  return failed ? 1 : 0;
}

/** The programs of one part, so that they are gone when the next one begins. */
class Ending {
  programs = new Running();

  stop() {
    return this.programs.end();
  }
}

const running = new Running();
running.endWithProcess();
try {
  const plan = readPlan(process.argv.slice(2));
  if (plan === null) say(USAGE);
  else process.exitCode = await run(plan, running);
} catch (error) {
  tell(`bench bridge: ${messageOf(error)}`);
  if (error instanceof UsageError) tell(USAGE);
  process.exitCode = error instanceof UsageError ? 2 : 1;
} finally {
  await running.end();
}
