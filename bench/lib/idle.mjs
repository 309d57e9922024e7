/** What connections cost that do nothing but beat. */

import { setTimeout as pause } from 'node:timers/promises';
import { connectedExtensions, counts, startBridgeServer } from './bridge-programs.mjs';
import { cpuMicros } from './cpu.mjs';
import { idleStep } from './bridge-figures.mjs';
import { memoryOf } from './memory.mjs';

const WARMING = 500;

/** The heap may grow as it must; a collection gives back what is free in it, which is no connection's. */
const FLAGS = ['-Xmx2g', '-XX:MinHeapFreeRatio=5', '-XX:MaxHeapFreeRatio=15'];

/** @typedef {import('./bridge-figures.mjs').IdleStep} IdleStep */

/**
 * Connects more and more extensions, and looks at the server each time.
 * @param {import('./servers.mjs').Surroundings} surroundings
 * @param {{steps: number[], seconds: number}} plan `seconds`: how long each step is watched
 * @param {(line: string) => void} tell
 * @returns {Promise<IdleStep[]>}
 */
export async function measureIdle(surroundings, { steps, seconds }, tell) {
  const server = await startBridgeServer(surroundings, FLAGS);
  // What is loaded and compiled for the first connections belongs to none of them.
  const warming = await connectedExtensions(surroundings, server.port, { first: 1_000_000, count: WARMING });
  await warming.stop();
  const empty = await memoryOf(server);
  /** @type {IdleStep[]} */
  const measured = [];
  /** @type {import('../../e2e/lib/child.mjs').Child[]} */
  const clients = [];
  for (const connections of steps) {
    tell(`Connecting ${connections} …`);
    const first = measured.at(-1)?.connections ?? 0;
    clients.push(await connectedExtensions(surroundings, server.port, { first, count: connections - first }));
    const heartbeats = () => clients.reduce((sum, client) => sum + (counts(client)?.heartbeats ?? 0), 0);
    const before = { cpu: cpuMicros(server.pid), heartbeats: heartbeats(), at: performance.now() };
    await pause(seconds * 1000);
    const watched = {
      cpuMicros: cpuMicros(server.pid) - before.cpu,
      heartbeats: heartbeats() - before.heartbeats,
      seconds: (performance.now() - before.at) / 1000,
    };
    if (clients.reduce((sum, client) => sum + (counts(client)?.connected ?? 0), 0) !== connections) {
      throw new Error(`Not all of the ${connections} extensions stayed connected.`);
    }
    measured.push(idleStep(connections, empty, await memoryOf(server), watched));
  }
  await Promise.all(clients.map((client) => client.stop()));
  await server.child.stop();
  return measured;
}
