/** Memory of a program. */

import { execFileSync } from 'node:child_process';

/**
 * What is resident in memory, in bytes.
 * @param {number} pid
 */
export function residentBytes(pid) {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1024;
}

/**
 * What our server uses after it has collected its garbage, and what is resident then.
 * @param {{port: number, pid: number}} server
 * @returns {Promise<{heapBytes: number, directBytes: number, threads: number, residentBytes: number}>}
 */
export async function memoryOf({ port, pid }) {
  const response = await fetch(`http://127.0.0.1:${port}/bench/memory`);
  const used = /** @type {any} */ (await response.json());
  return { ...used, residentBytes: residentBytes(pid) };
}
