/** The Node that runs the suite, which needs a newer one than the rest of the tests. */

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { StartError } from '../../lib/child.mjs';

const OLDEST = 22;
const INSTALLED = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));

/**
 * The program: this very one when it is new enough, else the one that npm installed.
 * @returns {string}
 */
export function findNode22() {
  if (Number(process.versions.node.split('.')[0]) >= OLDEST) return process.execPath;
  if (existsSync(INSTALLED)) return INSTALLED;
  throw new StartError(`The conformance suite needs Node ${OLDEST} or newer, and npm has none for this computer. `
    + 'Install one, and run this with it.');
}
