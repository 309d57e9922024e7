/** Runs the official conformance suite, and prints how many of the required scenarios pass, a line per revision. */

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { StartError } from '../lib/child.mjs';
import { findJava } from '../lib/places.mjs';
import { Running } from '../lib/running.mjs';
import { messageOf } from '../lib/until.mjs';
import { AUTHORIZATION, runAuthorization } from './lib/authorization.mjs';
import { readBaseline } from './lib/baseline.mjs';
import { findNode22 } from './lib/node22.mjs';
import { startKeyProxy } from './lib/proxy.mjs';
import { Report } from './lib/report.mjs';
import { allRuns, jettyRuns, serviceRuns } from './lib/runs.mjs';
import { startFixture, startServe } from './lib/servers.mjs';
import { Suite } from './lib/suite.mjs';
import { judge } from './lib/verdict.mjs';

const USAGE = `Usage: ./moodle-mcp conformance [--on SERVER …] [--tap]

  --on SERVER  only this one: grizzly (the fixture server), jetty (the fixture server there) or serve (the service)
  --tap        ends with the counts of the test lanes
`;
const HERE = fileURLToPath(new URL('.', import.meta.url));
const TARGET = join(HERE, 'target');
/** What a server logs when it has met a defect of its own. */
const COMPLAINT = /^SEVERE.*|.* ERROR .*/;
const SERVERS = /** @type {const} */ (['grizzly', 'jetty', 'serve']);

/** @typedef {typeof SERVERS[number]} ServerName */
/** @typedef {import('../lib/child.mjs').Child} Child */
/** @typedef {import('./lib/runs.mjs').Run} Run */

/** @type {Record<ServerName, () => Run[]>} */
const RUNS = { grizzly: allRuns, jetty: jettyRuns, serve: serviceRuns };

/** @param {string[]} args */
function options(args) {
  const { values } = parseArgs({
    args,
    options: {
      on: { type: 'string', multiple: true }, tap: { type: 'boolean' }, java: { type: 'string' }, help: { type: 'boolean' },
    },
  });
  const on = values.on ?? [...SERVERS];
  const unknown = on.find((name) => !SERVERS.includes(/** @type {ServerName} */ (name)));
  if (unknown) throw new StartError(`There is no server ${unknown}; say one of ${SERVERS.join(', ')}.`);
  return { ...values, on: SERVERS.filter((name) => on.includes(name)), java: values.java ?? findJava() };
}

/**
 * Starts a server, with the proxy before it.
 * @param {ServerName} name
 * @param {string} java
 * @param {Running} running
 * @returns {Promise<{url: string, child: Child, issuer: string, newLink?: (() => Promise<string>) | undefined}>} `url`: the
 *   endpoint that asks for no key; `newLink`: for a server that people sign in to
 */
async function endpoint(name, java, running) {
  const started = { java, log: join(TARGET, `${name}.log`), running };
  const { url, key, child, newLink } = name === 'serve' ? await startServe(started) : await startFixture(name, started);
  return { url: running.add(await startKeyProxy(url, key)).url('/mcp'), child, issuer: url, newLink };
}

/**
 * Starts one server and asks it everything it is to be asked.
 * @param {ServerName} name
 * @param {{java: string, suite: Suite, running: Running}} means
 */
async function examine(name, { java, suite, running }) {
  const { url, child, issuer, newLink } = await endpoint(name, java, running);
  /** @type {import('./lib/verdict.mjs').Verdict[]} */
  const verdicts = [];
  for (const run of RUNS[name]()) {
    verdicts.push(judge(run.name, await suite.run(run.name, url, run.selection), run));
    if (child.hasEnded) throw new StartError(`The server ${name} ended during the run ${run.name}.`, child.tail());
  }
  if (newLink) {
    const results = await runAuthorization(`${name} authorization`, { issuer, newLink }, suite);
    verdicts.push(judge(`${name} authorization`, results, { required: AUTHORIZATION }));
  }
  return { name, verdicts, complaint: child.printed(COMPLAINT)?.[0] };
}

/**
 * @param {{on: ServerName[], java: string, tap?: boolean | undefined}} wanted
 * @param {Running} running
 * @returns {Promise<boolean>} whether all is as expected
 */
async function main({ on, java, tap }, running) {
  const suite = new Suite(findNode22(), TARGET, running);
  const report = new Report(readBaseline(join(HERE, 'baseline.yml')));
  for (const { name, verdicts, complaint } of await Promise.all(on.map((name) => examine(name, { java, suite, running })))) {
    verdicts.forEach((verdict) => { report.add(verdict); });
    report.addComplaint(name, complaint);
  }
  return report.end({ tap: tap === true });
}

const running = new Running();
running.endWithProcess();
try {
  const wanted = options(process.argv.slice(2));
  if (wanted.help) process.stdout.write(USAGE);
  else process.exitCode = (await main(wanted, running)) ? 0 : 1;
} catch (error) {
  console.error(`moodle-mcp: ${messageOf(error)}`);
  process.exitCode = error instanceof StartError ? 69 : 70;
} finally {
  await running.end();
}
