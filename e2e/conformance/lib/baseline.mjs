/** The checks that are known to fail, or to warn, each with the reason. */

import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const MEMBERS = ['run', 'scenario', 'check', 'reason'];

/** @typedef {{failures: import('./verdict.mjs').Expected[], warnings: import('./verdict.mjs').Expected[]}} Baseline */

/**
 * @param {string} path
 * @returns {Baseline}
 */
export function readBaseline(path) {
  const { failures, warnings, ...others } = parse(readFileSync(path, 'utf8'));
  const unknown = Object.keys(others)[0];
  if (unknown !== undefined) throw new Error(`${path}: there is no section ${unknown}; use failures and warnings.`);
  for (const line of [...(failures ?? []), ...(warnings ?? [])]) {
    const missing = MEMBERS.find((member) => typeof line?.[member] !== 'string' || line[member].trim() === '');
    if (missing) throw new Error(`${path}: ${JSON.stringify(line)} lacks ${missing}; each line has ${MEMBERS.join(', ')}.`);
  }
  return { failures: failures ?? [], warnings: warnings ?? [] };
}
