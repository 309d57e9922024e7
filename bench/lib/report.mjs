/** How a measurement speaks to people, and what it leaves. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, release, type } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const TARGET = fileURLToPath(new URL('../../target/bench/', import.meta.url));

/** The command line cannot be understood. */
export class UsageError extends Error {}

/** @param {string} [line] */
export function say(line = '') {
  process.stdout.write(`${line}\n`);
}

/** @param {string} line */
export function tell(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * @param {string} flag
 * @param {string} text
 */
export function positive(flag, text) {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new UsageError(`${flag} ${text} is no number that can be used: give 1 or more.`);
}

export function machine() {
  const [first] = cpus();
  return { cpus: cpus().length, model: first?.model ?? 'unknown', system: `${type()} ${release()}`, node: process.version };
}

/**
 * @param {string} file
 * @param {object} results
 */
export function write(file, results) {
  mkdirSync(TARGET, { recursive: true });
  writeFileSync(join(TARGET, file), `${JSON.stringify(results, null, 2)}\n`);
  tell(`All that was measured is in target/bench/${file}.`);
}
