/** Load on one server, by wrk, and what it cost. */

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cpuMicros } from './cpu.mjs';

const SCRIPT = fileURLToPath(new URL('load.lua', import.meta.url));
const TIMEOUT = '10s';
const WINDOW_SECONDS = 2;
const WINDOWS_AT_MOST = 45;
const REQUESTS_AT_LEAST = 60_000;
const WINDOWS_COMPARED = 3;
const GROWTH = 1.05;

/**
 * @typedef {object} Call
 * @property {string} url
 * @property {Record<string, string>} headers `{account}` in a value becomes the number of an account
 * @property {string} body
 * @property {number} [accounts] how many accounts take turns, 1 by default
 */
/** @typedef {{wrk: string, connections: number}} Tool */
/** @typedef {{pid: number, call: Call}} Target */

/**
 * @typedef {object} Measured
 * @property {number} requests how many were answered
 * @property {number} requestsPerSecond
 * @property {number} p50Millis
 * @property {number} p99Millis
 * @property {number} cpuMicros processor time of the server, per request
 * @property {number} failed answers other than 2xx, and broken connections
 */

/**
 * Puts a server under load for some seconds.
 * @param {Tool} tool
 * @param {Target} target
 * @param {number} seconds
 * @returns {Promise<Measured>}
 */
export async function measure({ wrk, connections }, { pid, call }, seconds) {
  const headers = Object.entries(call.headers).map(([name, value]) => `${name}: ${value}`);
  const args = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', TIMEOUT, '-s', SCRIPT, call.url, '--', String(call.accounts ?? 1), call.body, ...headers];
  const before = cpuMicros(pid);
  const { stdout } = await promisify(execFile)(wrk, args);
  const cpu = cpuMicros(pid) - before;
  return measured(JSON.parse(lastLine(stdout)), cpu);
}

/**
 * @param {{requests: number, micros: number, p50Micros: number, p99Micros: number, failed: number}} load as a load tool tells it
 * @param {number} cpu processor time of the server
 * @returns {Measured}
 */
export function measured({ requests, micros, p50Micros, p99Micros, failed }, cpu) {
  return {
    requests,
    requestsPerSecond: requests / (micros / 1e6),
    p50Millis: p50Micros / 1000,
    p99Millis: p99Micros / 1000,
    cpuMicros: cpu / requests,
    failed,
  };
}

/**
 * Puts a server under load until it is steady, after enough requests for its compiler, for 90 s at most.
 * @param {Tool} tool
 * @param {Target} target
 * @returns {Promise<number[]>} the requests per second of each window
 */
export function warmUp(tool, target) {
  return untilSteady((seconds) => measure(tool, target, seconds));
}

/**
 * Measures windows of some seconds until the rate grows no more, and the processor time of a request shrinks no more: that
 * tells of the compiler even where other programs disturb the rate.
 * @param {(seconds: number) => Promise<Measured>} measureFor
 * @returns {Promise<number[]>} the requests per second of each window
 */
export async function untilSteady(measureFor) {
  /** @type {number[]} */
  const rates = [];
  /** @type {number[]} */
  const perCpuTime = [];
  let requests = 0;
  const isWarm = () => requests >= REQUESTS_AT_LEAST && isSteady(rates) && isSteady(perCpuTime);
  while (rates.length < WINDOWS_AT_MOST && !isWarm()) {
    const window = await measureFor(WINDOW_SECONDS);
    requests += window.requests;
    rates.push(window.requestsPerSecond);
    perCpuTime.push(1 / window.cpuMicros);
  }
  return rates;
}

/**
 * Whether the last three rates are not above what was reached before.
 * @param {number[]} rates
 */
export function isSteady(rates) {
  const earlier = rates.slice(0, -WINDOWS_COMPARED);
  return earlier.length > 0 && Math.max(...rates.slice(-WINDOWS_COMPARED)) <= Math.max(...earlier) * GROWTH;
}

/** @param {string} text */
function lastLine(text) {
  return text.trimEnd().split('\n').at(-1) ?? '';
}
