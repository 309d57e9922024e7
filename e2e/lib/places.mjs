/** Where the built parts of the project lie. */

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartError } from './child.mjs';

const OWN_ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The checkout whose build is tried; `MOODLE_MCP_ROOT` names another than this one. */
const ROOT = process.env.MOODLE_MCP_ROOT ?? OWN_ROOT;
const OLDEST_JAVA = 21;

/** Where tests leave logs and pictures. */
export const TARGET = join(OWN_ROOT, 'e2e', 'target');

/** Flags of Java for programs that are small or end soon: they take half the processor time to start. */
export const QUICK_START = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

/**
 * @typedef {object} Places
 * @property {string} java the program
 * @property {string} jar the service
 * @property {string} testkit the class path of the demo Moodle
 * @property {string} chromium the unpacked extension
 * @property {string} firefox the unpacked extension
 */

/**
 * The parts, where the build leaves them unless told otherwise.
 * @param {Partial<Places>} [given]
 * @returns {Places}
 */
export function findPlaces(given = {}) {
  const distribution = join(ROOT, 'moodle-mcp-distribution', 'target', 'moodle-mcp');
  const extension = join(ROOT, 'browser-extension', 'dist');
  return {
    java: given.java ?? findJava(),
    jar: existing(given.jar ?? join(distribution, 'moodle-mcp.jar')),
    testkit: given.testkit ?? testkitClassPath(distribution),
    chromium: existing(given.chromium ?? join(extension, 'chromium')),
    firefox: given.firefox ?? join(extension, 'firefox'),
  };
}

/**
 * The classes of the test kit, and the libraries of the service, which has all that it needs.
 * @param {string} distribution
 */
function testkitClassPath(distribution) {
  const classes = existing(join(ROOT, 'moodle-mcp-testkit', 'target', 'classes'));
  return [classes, join(distribution, 'lib', '*')].join(delimiter);
}

/** @param {string} path */
function existing(path) {
  if (existsSync(path)) return path;
  throw new StartError(`${path} is missing: the project is not built. Run ./moodle-mcp test, or mvn package.`);
}

/** The Java program of `JAVA_HOME`, else of the newest JDK in the usual place, else of the PATH. */
export function findJava() {
  const jvms = '/usr/lib/jvm';
  const installed = existsSync(jvms) ? readdirSync(jvms).map((name) => join(jvms, name)) : [];
  const newest = installed
    .map((home) => ({ home, version: javaVersion(home) }))
    .filter(({ version }) => version >= OLDEST_JAVA)
    .sort((a, b) => b.version - a.version)[0];
  const own = process.env.JAVA_HOME;
  const home = own && javaVersion(own) >= OLDEST_JAVA ? own : newest?.home;
  return home === undefined ? 'java' : join(home, 'bin', 'java');
}

/**
 * The feature release, or 0 when there is no JDK.
 * @param {string} home
 */
function javaVersion(home) {
  try {
    return Number(/^JAVA_VERSION="(\d+)/m.exec(readFileSync(join(home, 'release'), 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
