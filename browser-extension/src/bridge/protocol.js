/** The frames of the bridge protocol: how ours are built and the service's are read. */

import { isObject, parseJson, textOf } from '../json.js';
import { MESSAGES } from '../failure.js';

export const PROTOCOL_VERSION = 1;
export const SUBPROTOCOL = 'moodle-mcp.v1';

/** Close codes with a meaning of their own; every other one means: connect again with back-off. */
export const CLOSE = Object.freeze({
  serviceRestarts: 1012,
  protocolViolation: 4400,
  tokenRefused: 4401,
  superseded: 4409,
  updateNeeded: 4426,
  tooManyFrames: 4429,
});

const UNKNOWN_METHOD = -32601;
const OPERATION_FAILED = -32000;

/** @typedef {import('../json.js').JsonObject} JsonObject */
/**
 * @typedef {'signed_in' | 'signed_out' | 'other_user' | 'no_permission' | 'unreachable' | 'maintenance'
 *   | 'unknown'} SiteStateName
 */
/** @typedef {{site: string, url: string, state: SiteStateName, user_id?: number, checked_at?: string}} SiteState */
/** @typedef {{id: string, name: string}} BrowserIdentity */

/**
 * @typedef {object} Greeting what `hello` tells
 * @property {BrowserIdentity} browser
 * @property {string} version the extension's
 * @property {SiteState[]} sites
 * @property {string[]} operations
 * @property {import('./journal.js').JournalEntry[]} journal the last writes
 */

/**
 * @typedef {object} RunCommand a `command/run` frame
 * @property {string} id
 * @property {string} tool
 * @property {JsonObject} arguments
 * @property {string} [site]
 * @property {number} remainingMs
 * @property {string} sideEffect
 */

/** @typedef {{connection: string, heartbeatSeconds: number, frameBytes: number}} Welcome the answer to `hello` */

/**
 * @typedef {{kind: 'run', command: RunCommand}
 *   | {kind: 'cancel', command: string}
 *   | {kind: 'result', id: string, result: JsonObject}
 *   | {kind: 'error', id: string | null}
 *   | {kind: 'unknown-request', id: string | number}
 *   | {kind: 'ignored'}
 *   | {kind: 'malformed'}} Incoming
 */

/**
 * @param {string} id
 * @param {Greeting} greeting
 */
export function hello(id, { browser, version, sites, operations, journal }) {
  const params = {
    protocolVersion: PROTOCOL_VERSION,
    browser: { id: browser.id, name: browser.name },
    extension: { version },
    sites,
    operations,
    journal,
  };
  return { jsonrpc: '2.0', id, method: 'hello', params };
}

/** @param {string} id */
export function ping(id) {
  return { jsonrpc: '2.0', id, method: 'ping', params: {} };
}

/** @param {SiteState[]} sites */
export function status(sites) {
  return { jsonrpc: '2.0', method: 'status', params: { sites } };
}

/** @param {string} command */
export function approval(command) {
  return { jsonrpc: '2.0', method: 'command/approval', params: { command } };
}

/**
 * @param {string} id
 * @param {string} command
 */
export function claim(id, command) {
  return { jsonrpc: '2.0', id, method: 'command/claim', params: { command } };
}

/**
 * @param {string} command
 * @param {{progress: number, total?: number, message?: string}} step
 */
export function progress(command, step) {
  return { jsonrpc: '2.0', method: 'command/progress', params: { command, ...step } };
}

/**
 * @param {string} command
 * @param {JsonObject} result
 */
export function commandResult(command, result) {
  return { jsonrpc: '2.0', id: command, result };
}

/**
 * @param {string} command
 * @param {import('../failure.js').Failure} failure
 */
export function commandError(command, { reason, site, detail, sites }) {
  const data = { reason, ...(site && { site }), ...(detail && { detail }), ...(sites && { sites }) };
  return { jsonrpc: '2.0', id: command, error: { code: OPERATION_FAILED, message: MESSAGES[reason], data } };
}

/** @param {string | number} id */
export function unknownMethod(id) {
  return { jsonrpc: '2.0', id, error: { code: UNKNOWN_METHOD, message: 'Unknown method.' } };
}

/**
 * Reads one text frame of the service. Members nobody knows are ignored.
 * @param {unknown} text
 * @returns {Incoming}
 */
export function read(text) {
  const frame = typeof text === 'string' ? parseJson(text) : undefined;
  if (!isObject(frame) || frame.jsonrpc !== '2.0') return { kind: 'malformed' };
  if (typeof frame.method === 'string') return readCall(frame.method, frame);
  if (isObject(frame.result) && typeof frame.id === 'string') {
    return { kind: 'result', id: frame.id, result: frame.result };
  }
  if (isObject(frame.error)) return { kind: 'error', id: typeof frame.id === 'string' ? frame.id : null };
  return { kind: 'malformed' };
}

/**
 * @param {string} method
 * @param {JsonObject} frame
 * @returns {Incoming}
 */
function readCall(method, frame) {
  const params = isObject(frame.params) ? frame.params : {};
  const { id } = frame;
  if (id === undefined) {
    const cancelled = method === 'command/cancel' && typeof params.command === 'string';
    return cancelled ? { kind: 'cancel', command: textOf(params.command) } : { kind: 'ignored' };
  }
  if (typeof id !== 'string' && typeof id !== 'number') return { kind: 'malformed' };
  if (method !== 'command/run' || typeof id !== 'string') return { kind: 'unknown-request', id };
  return { kind: 'run', command: readCommand(id, params) };
}

/**
 * @param {string} id
 * @param {JsonObject} params
 * @returns {RunCommand}
 */
function readCommand(id, params) {
  return {
    id,
    tool: textOf(params.tool),
    arguments: isObject(params.arguments) ? params.arguments : {},
    site: typeof params.site === 'string' ? params.site : undefined,
    remainingMs: typeof params.remainingMs === 'number' ? params.remainingMs : 0,
    sideEffect: textOf(params.sideEffect),
  };
}

/**
 * The answer to `hello`, with what it leaves out filled in.
 * @param {JsonObject} result
 * @returns {Welcome}
 */
export function welcome(result) {
  const limits = isObject(result.limits) ? result.limits : {};
  return {
    connection: textOf(result.connection),
    heartbeatSeconds: typeof result.heartbeatSeconds === 'number' ? result.heartbeatSeconds : 20,
    frameBytes: typeof limits.frameBytes === 'number' ? limits.frameBytes : 1_048_576,
  };
}
