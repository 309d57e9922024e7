/** The Java programs of this folder. */

import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const BENCH = fileURLToPath(new URL('../', import.meta.url));

/** @typedef {{command: string, args: string[]}} Program */

/**
 * @param {string} java
 * @param {string[]} flags of Java
 * @param {string} main the class
 * @param {(string | number)[]} args
 * @param {string} [module] the folder
 * @returns {Program}
 */
export function javaProgram(java, flags, main, args, module = BENCH) {
  const classPath = [join(module, 'target', 'classes'), join(module, 'target', 'lib', '*')].join(delimiter);
  return { command: java, args: [...flags, '-cp', classPath, main, ...args.map(String)] };
}

/** @param {string} name a class of the package of this folder */
export function mainClass(name) {
  return `io.github.moodlemcp.bench.${name}`;
}
