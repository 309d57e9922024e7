/** One call through POST /mcp, the bridge and an extension, next to the listeners alone. */

import { join } from 'node:path';
import { Child } from '../../e2e/lib/child.mjs';
import { freePort } from '../../e2e/lib/ports.mjs';
import { toolCall, toolResult } from './bridge-calls.mjs';
import { cpuMicros } from './cpu.mjs';
import { connectedExtensions, startBridgeServer } from './bridge-programs.mjs';
import { chainRatio } from './figures.mjs';
import { javaProgram, mainClass } from './java.mjs';
import { measure, measured, untilSteady } from './load.mjs';
import { JAVA_FLAGS } from './servers.mjs';

const AIM = 0.5;
const COURSES = 3;
const START_MS = 60_000;

/** @typedef {import('./load.mjs').Measured} Measured */
/** @typedef {import('./figures.mjs').Series & {measureFor: (seconds: number) => Promise<Measured>}} Contestant */
/** @typedef {import('./servers.mjs').Surroundings & {wrk: string}} Surroundings */
/** @typedef {{rounds: number, seconds: number, connections: number}} Plan */

/**
 * Measures the chain and its parts in turns.
 * @param {Surroundings} surroundings
 * @param {Plan} plan
 * @param {(line: string) => void} tell
 */
export async function measureChain(surroundings, plan, tell) {
  const [chain, post, echo] = await startAll(surroundings, plan);
  for (const contestant of [chain, post, echo]) {
    tell(`Warming up: ${contestant.server} …`);
    const rates = await untilSteady(contestant.measureFor);
    tell(`Warm after ${rates.length} windows of load: ${rates.at(0)?.toFixed(0)} → ${rates.at(-1)?.toFixed(0)} requests/s`);
  }
  for (let round = 1; round <= plan.rounds; round += 1) {
    tell(`Round ${round} of ${plan.rounds} …`);
    for (const contestant of [chain, post, echo]) contestant.rounds.push(await contestant.measureFor(plan.seconds));
  }
  return { series: [chain, post, echo], ratio: chainRatio(chain, [post, echo], AIM) };
}

/**
 * @param {Surroundings} surroundings
 * @param {Plan} plan
 * @returns {Promise<[Contestant, Contestant, Contestant]>}
 */
async function startAll(surroundings, { connections }) {
  const server = await startBridgeServer(surroundings, JAVA_FLAGS);
  await connectedExtensions(surroundings, server.port, { count: connections, courses: COURSES });
  const call = { ...toolCall(`http://127.0.0.1:${server.port}/mcp`), accounts: connections };
  const answer = await toolResult(call);
  const tool = { wrk: surroundings.wrk, connections };
  const bare = await startBarePost(surroundings, answer);
  const barePost = { ...call, url: `http://127.0.0.1:${bare.port}/mcp` };
  return [
    { server: 'Moodle MCP with its bridge', revision: '2026-07-28', rounds: [], measureFor: (seconds) => measure(tool, { pid: server.pid, call }, seconds) },
    { server: 'bare Grizzly POST', revision: '', rounds: [], measureFor: (seconds) => measure(tool, { pid: bare.pid, call: barePost }, seconds) },
    { server: 'bare Tyrus echo', revision: '', rounds: [], measureFor: await startBareEcho(surroundings, connections) },
  ];
}

/**
 * @param {Surroundings} surroundings
 * @param {string} answer
 */
async function startBarePost({ java, logs, running }, answer) {
  const port = await freePort();
  const { command, args } = javaProgram(java, JAVA_FLAGS, mainClass('BareGrizzly'), [port, `/mcp=${answer}`]);
  const child = running.add(new Child('bare Grizzly', command, args, { log: join(logs, 'bare-post.log') }));
  await child.until('answer of bare Grizzly', () => isAnswering(port), { ms: START_MS });
  return { port, pid: child.pid ?? 0 };
}

/**
 * @param {Surroundings} surroundings
 * @param {number} connections
 * @returns {Promise<(seconds: number) => Promise<Measured>>}
 */
async function startBareEcho({ java, logs, running }, connections) {
  const [port, control] = [await freePort(), await freePort()];
  const bare = javaProgram(java, JAVA_FLAGS, mainClass('BareSockets'), [port]);
  const server = running.add(new Child('bare Tyrus', bare.command, bare.args, { log: join(logs, 'bare-echo.log') }));
  await server.until('answer of bare Tyrus', () => isAnswering(port), { ms: START_MS });
  const load = javaProgram(java, JAVA_FLAGS, mainClass('EchoLoad'), [control, `ws://127.0.0.1:${port}/ws`, connections, COURSES]);
  const client = running.add(new Child('echo load', load.command, load.args, { log: join(logs, 'echo-load.log') }));
  await client.until('answer of the echo load', () => isAnswering(control), { ms: START_MS });
  return async (seconds) => {
    const before = cpuMicros(server.pid ?? 0);
    const response = await fetch(`http://127.0.0.1:${control}/run`, { method: 'POST', body: String(seconds) });
    return measured(/** @type {any} */ (await response.json()), cpuMicros(server.pid ?? 0) - before);
  };
}

/** @param {number} port */
async function isAnswering(port) {
  const response = await fetch(`http://127.0.0.1:${port}/`);
  await response.arrayBuffer();
  return true;
}
