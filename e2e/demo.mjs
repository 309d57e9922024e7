/** The demo: service, demo Moodle and a browser with the extension, paired and ready to play with. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { McpEndpoint } from './lib/mcp.mjs';
import { Running } from './lib/running.mjs';
import { StartError } from './lib/child.mjs';
import { aligned, clientConfigurations, coursesTable, indented } from './lib/print.mjs';
import { findChromium, startChromium } from './lib/chromium.mjs';
import { findPlaces } from './lib/places.mjs';
import { freePort } from './lib/ports.mjs';
import { messageOf } from './lib/until.mjs';
import { pair } from './lib/pairing.mjs';
import { startDemoMoodle } from './lib/demo-moodle.mjs';
import { startService } from './lib/service.mjs';

const ACCOUNT = 'owner@localhost';
const STUDENT = 'anna';
const KEY_FILE = 'demo-key';
const PROFILE = 'demo-browser';

const NO_BROWSER = `There is no Chromium-family browser on this computer, so nothing was read from the demo Moodle yet.
Install one (on Debian and Ubuntu: sudo apt install chromium) and start the demo again, or install the extension in a
browser of yours: the portal below says how, at “Get the extension”.`;

const USAGE = `Usage: node e2e/demo.mjs --data DIR [--port 8080] [--moodle-port N] [--java FILE] [--jar FILE]
         [--testkit CLASSPATH] [--extension DIR] [--no-browser] [--once]

  --data DIR           keeps the database, the demo's API key and the browser's profile
  --port N             where the service listens
  --moodle-port N      where the demo Moodle listens (default: the next free port after the service's)
  --java, --jar, --testkit, --extension
                       the parts, when they are not where the build leaves them
  --no-browser         starts no browser
  --once               prints everything, stops everything and ends`;

const OPTIONS = /** @type {const} */ ({
  data: { type: 'string' },
  port: { type: 'string', default: '8080' },
  'moodle-port': { type: 'string' },
  java: { type: 'string' },
  jar: { type: 'string' },
  testkit: { type: 'string' },
  extension: { type: 'string' },
  'no-browser': { type: 'boolean', default: false },
  once: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
});

/** @typedef {import('./lib/service.mjs').Service} Service */
/** @typedef {import('./lib/demo-moodle.mjs').DemoMoodle} DemoMoodle */

/** The command line cannot be understood. */
class UsageError extends Error {}

/** @param {string} [line] */
function say(line = '') {
  process.stdout.write(`${line}\n`);
}

/** @param {string[]} args */
function readFlags(args) {
  const { values } = parsed(args);
  if (values.help) return null;
  if (!values.data) throw new UsageError('--data is missing.');
  const port = portOf('--port', values.port);
  const moodlePorts = values['moodle-port'] === undefined
    ? [port + 1, port + 2, port + 3].filter((candidate) => candidate < 65_536)
    : [portOf('--moodle-port', values['moodle-port'])];
  const { java, jar, testkit, extension: chromium } = values;
  const places = findPlaces({
    ...(java && { java }), ...(jar && { jar }), ...(testkit && { testkit }),
    ...(chromium && { chromium: resolve(chromium) }),
  });
  return { data: resolve(values.data), port, moodlePorts, places, useBrowser: !values['no-browser'], once: values.once };
}

/** @param {string[]} args */
function parsed(args) {
  try {
    return parseArgs({ args, options: OPTIONS });
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}

/**
 * @param {string} flag
 * @param {string} text
 */
function portOf(flag, text) {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new UsageError(`${flag} ${text} is no port: give a number from 1 to 65535.`);
}

/**
 * The demo's API key: the one of an earlier demo on this data folder if it still counts, else a new one.
 * @param {Service} service
 * @param {string} data
 */
async function demoKey(service, data) {
  const file = join(data, KEY_FILE);
  const known = readOrNull(file);
  if (known && (await new McpEndpoint(service.url, known).isAccepted())) return known;
  const key = await service.newKey(ACCOUNT, 'Demo');
  writeFileSync(file, `${key}\n`, { mode: 0o600 });
  return key;
}

/** @param {string} file */
function readOrNull(file) {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}

/**
 * Starts a browser with the extension; null when there is none to start.
 * @param {{data: string, extension: string, running: Running}} options
 */
async function startBrowser({ data, extension, running }) {
  const program = findChromium();
  return program && startChromium({ program, extension, profile: join(data, PROFILE), running });
}

/**
 * Takes the steps a person takes to connect a browser, asks for the courses as an AI assistant does, and prints them.
 * @param {import('./lib/chromium.mjs').Chromium} browser
 * @param {Service} service
 * @param {string} key
 * @param {DemoMoodle} moodle
 */
async function showCourses(browser, service, key, moodle) {
  await pair(browser, {
    service: service.url, signInLink: () => service.newLink(ACCOUNT), moodle: moodle.url, login: moodle.login(STUDENT),
  });
  await browser.closeTabs();
  const answer = await new McpEndpoint(service.url, key).callTool('list_courses');
  if (answer.isError || !answer.data) throw new Error(`list_courses failed: ${answer.text}`);
  say(`list_courses through POST ${service.url}/mcp, the extension and ${moodle.url} as ${STUDENT}:`);
  say();
  for (const line of coursesTable(answer.data.courses)) say(`  ${line}`);
}

/**
 * @param {{service: Service, moodle: DemoMoodle, key: string, link: string, data: string}} parts
 */
function showAddresses({ service, moodle, key, link, data }) {
  const logins = moodle.logins.map(({ username, password }) => `${username} / ${password}`).join(', ');
  say();
  const lines = aligned([
    ['Portal', service.url],
    ['Sign in', `${link}  (once, within 10 minutes)`],
    ['Demo Moodle', `${moodle.url}  (${logins})`],
    ['API key', key],
    ['Data folder', data],
  ]);
  for (const line of lines) say(line);
  say();
  say('Connect an assistant:');
  for (const [title, text] of clientConfigurations(service.url, key)) {
    say();
    say(title);
    say(indented(text));
  }
}

/**
 * @param {NonNullable<ReturnType<typeof readFlags>>} flags
 * @param {Running} running
 * @returns {Promise<number>} the exit code
 */
async function run({ data, port, moodlePorts, places, useBrowser, once }, running) {
  let isReady = false;
  running.endWithProcess(() => {
    say('\nStopping …');
    return isReady ? 0 : undefined;
  });
  const { java, jar, testkit, chromium: extension } = places;
  say(`Starting the service, the demo Moodle${useBrowser ? ' and a browser' : ''} …`);
  say();
  const moodlePort = await freePort(moodlePorts);
  const [service, moodle] = await Promise.all([
    startService({ java, jar, data, port, running }),
    startDemoMoodle({ java, testkit, port: moodlePort, running }),
  ]);
  const starting = useBrowser ? startBrowser({ data, extension, running }) : Promise.resolve(null);
  starting.catch(() => {});
  const [key, link] = await Promise.all([demoKey(service, data), service.newLink(ACCOUNT)]);
  let works = true;
  try {
    const browser = await starting;
    if (!browser) say(useBrowser ? NO_BROWSER : 'No browser was started.');
    else await showCourses(browser, service, key, moodle);
  } catch (error) {
    if (running.isEnding) throw error;
    works = false;
    say(`The browser could not be used. ${messageOf(error)}`);
  }
  showAddresses({ service, moodle, key, link, data });
  if (once) return works ? 0 : 1;
  say();
  say('Everything stays up until you press Ctrl-C.');
  isReady = true;
  const end = await Promise.race([service.child.ended, moodle.child.ended]);
  if (running.isEnding) return new Promise(() => {});
  throw new StartError(`The service or the demo Moodle ${end}.`, [...service.child.tail(8), ...moodle.child.tail(8)]);
}

/** @returns {Promise<number>} the exit code */
async function main() {
  const running = new Running();
  try {
    const flags = readFlags(process.argv.slice(2));
    if (!flags) {
      say(USAGE);
      return 0;
    }
    return await run(flags, running);
  } catch (error) {
    if (running.isEnding) return new Promise(() => {});
    const isUsage = error instanceof UsageError;
    process.stderr.write(`${messageOf(error)}\n${isUsage ? `${USAGE}\n` : ''}`);
    return isUsage ? 2 : 1;
  } finally {
    await running.end();
  }
}

process.exitCode = await main();
