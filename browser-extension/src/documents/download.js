/** Fetches a file with the person's cookies, up to a size. */

import { Unreadable } from './problem.js';

export const MAX_BYTES = 100 * 1024 * 1024;

/** How much room there is at first for a file whose size nobody told, in bytes. */
const FIRST_BYTES = 256 * 1024;

/** How long nothing may come, in milliseconds. */
const SILENCE_MS = 30_000;

/** @typedef {'signed_out' | 'not_found' | 'unreachable' | 'maintenance'} Miss why a file was not given */
/** @typedef {{bytes: Uint8Array<ArrayBuffer>, charset: string}} File */

/**
 * The file, or why there is none. A redirect is not followed: Moodle makes one only to its sign-in.
 * @param {string} url
 * @param {object} parts
 * @param {import('../capabilities.js').Fetch} parts.fetch
 * @param {import('../bridge/commands.js').Clock} parts.clock
 * @param {AbortSignal} parts.signal
 * @param {(bytes: number) => void} parts.came told how many bytes there are so far
 * @returns {Promise<File | {miss: Miss}>}
 * @throws {Unreadable} `too_large`
 */
export async function download(url, { fetch, clock, signal, came }) {
  const silence = new AbortController();
  let heard = clock.now();
  /** @type {unknown} */
  let timer;
  const watch = () => {
    if (clock.now() - heard >= SILENCE_MS) silence.abort();
    else timer = clock.setTimeout(watch, SILENCE_MS / 2);
  };
  timer = clock.setTimeout(watch, SILENCE_MS);
  try {
    const either = AbortSignal.any([signal, silence.signal]);
    const response = await fetch(url, { credentials: 'include', redirect: 'manual', signal: either });
    const miss = missOf(response);
    if (miss) return { miss };
    const bytes = await bytesOf(response, (length) => {
      heard = clock.now();
      came(length);
    });
    return { bytes, charset: charsetOf(response) };
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    return { miss: 'unreachable' };
  } finally {
    clock.clearTimeout(timer);
  }
}

/**
 * Why an answer is no file, or null when it is one.
 * @param {Response} response
 * @returns {Miss | null}
 */
function missOf({ type, status }) {
  if (type === 'opaqueredirect') return 'signed_out';
  if (status === 503) return 'maintenance';
  if (status === 502 || status === 504) return 'unreachable';
  return status >= 200 && status < 300 ? null : 'not_found';
}

/**
 * @param {Response} response
 * @param {(length: number) => void} came
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
async function bytesOf(response, came) {
  const declared = Number(response.headers.get('content-length') ?? 0);
  if (declared > MAX_BYTES) {
    void response.body?.cancel();
    throw new Unreadable('too_large');
  }
  let bytes = new Uint8Array(declared > 0 ? declared : FIRST_BYTES);
  let length = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const { done, value } = await reader?.read() ?? { done: true, value: undefined };
    if (done || value === undefined) break;
    if (length + value.length > MAX_BYTES) {
      void reader?.cancel();
      throw new Unreadable('too_large');
    }
    if (length + value.length > bytes.length) bytes = grown(bytes, length + value.length);
    bytes.set(value, length);
    length += value.length;
    came(length);
  }
  return length === bytes.length ? bytes : bytes.slice(0, length);
}

/**
 * The same bytes with room for more: what the server declared was packed, or it declared nothing.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {number} least
 */
function grown(bytes, least) {
  const larger = new Uint8Array(Math.min(MAX_BYTES, Math.max(least, bytes.length * 2)));
  larger.set(bytes);
  return larger;
}

/** @param {Response} response */
function charsetOf(response) {
  return /charset=["']?([\w-]+)/i.exec(response.headers.get('content-type') ?? '')?.[1] ?? '';
}
