/** Programs on the PATH. */

import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/**
 * Where a program lies, or null when it is not on this computer.
 * @param {string} name of a program on the PATH, or an absolute path
 * @returns {string | null}
 */
export function findProgram(name) {
  const folders = isAbsolute(name) ? [''] : (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => (folder ? join(folder, name) : name)).find(canRun) ?? null;
}

/** @param {string} path */
function canRun(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
