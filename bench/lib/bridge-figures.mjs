/** From what was seen of connections to the figures that are told. */

import { table } from './figures.mjs';

const KB = 1024;

/** @typedef {{heapBytes: number, directBytes: number, threads: number, residentBytes: number}} Memory */

/**
 * What one number of connections costs.
 * @typedef {object} IdleStep
 * @property {number} connections
 * @property {number} heapKb per connection, after a garbage collection
 * @property {number} residentKb per connection, of the whole process, after a garbage collection
 * @property {number} directKb per connection
 * @property {number} threads
 * @property {number} cpuPercent of one processor, of the server
 * @property {number} cpuMicrosPerHeartbeat
 * @property {number} residentMb of the whole process
 */

/**
 * @param {number} connections
 * @param {Memory} empty without connections
 * @param {Memory} full
 * @param {{cpuMicros: number, heartbeats: number, seconds: number}} watched
 * @returns {IdleStep}
 */
export function idleStep(connections, empty, full, { cpuMicros, heartbeats, seconds }) {
  /** @param {'heapBytes' | 'directBytes' | 'residentBytes'} what */
  const each = (what) => (full[what] - empty[what]) / connections / KB;
  return {
    connections,
    heapKb: each('heapBytes'),
    residentKb: each('residentBytes'),
    directKb: each('directBytes'),
    threads: full.threads,
    cpuPercent: cpuMicros / seconds / 1e4,
    cpuMicrosPerHeartbeat: cpuMicros / heartbeats,
    residentMb: full.residentBytes / KB / KB,
  };
}

/**
 * @param {IdleStep[]} steps
 * @returns {string[]} lines
 */
export function idleTable(steps) {
  const rows = steps.map((step) => [
    String(step.connections), step.residentKb.toFixed(1), step.heapKb.toFixed(1), step.directKb.toFixed(1),
    step.residentMb.toFixed(0), String(step.threads), step.cpuPercent.toFixed(1), step.cpuMicrosPerHeartbeat.toFixed(0),
  ]);
  const head = [
    'connections', 'resident KB each', 'heap KB each', 'direct KB each', 'resident MB', 'threads', 'CPU %', 'CPU µs/heartbeat',
  ];
  return table([head, ...rows], new Set());
}

/**
 * The figure for idle connections: that of the most connections, where what belongs to none of them weighs least.
 * @param {IdleStep[]} steps
 */
export function idleFigure(steps) {
  const most = steps.at(-1);
  if (most === undefined) throw new Error('There is no figure of no steps.');
  return most.residentKb;
}
