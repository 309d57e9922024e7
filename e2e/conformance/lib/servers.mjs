/** The servers that the suite is run against. */

import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Child, StartError } from '../../lib/child.mjs';
import { QUICK_START, findPlaces } from '../../lib/places.mjs';
import { freePort } from '../../lib/ports.mjs';
import { startService } from '../../lib/service.mjs';

const INTEROP = fileURLToPath(new URL('../../../interop/target/', import.meta.url));
const FIXTURE_CLASS = 'io.github.moodlemcp.interop.conformance.ConformanceServer';

const ACCOUNT = 'conformance@localhost';

/** @typedef {{url: string, key: string, child: Child, newLink?: () => Promise<string>}} Started `url`: the base address */
/** @typedef {import('../../lib/running.mjs').Running} Running */

/**
 * The fixture server, which is made of the library alone.
 * @param {'grizzly' | 'jetty'} container
 * @param {{java: string, log: string, running: Running}} options
 * @returns {Promise<Started>}
 */
export async function startFixture(container, { java, log, running }) {
  const key = randomBytes(24).toString('hex');
  const args = [...QUICK_START, '-cp', fixtureClassPath(), FIXTURE_CLASS, container, key];
  const child = running.add(new Child(`The fixture server on ${container}`, java, args, { log }));
  const [, url] = await child.line(/^ready (http:\/\/\S+)\/mcp$/);
  return { url: String(url), key, child };
}

function fixtureClassPath() {
  const libraries = join(INTEROP, 'runtime.classpath');
  if (!existsSync(libraries)) {
    throw new StartError(`${libraries} is missing: the project is not built. Run ./moodle-mcp conformance.`);
  }
  return [join(INTEROP, 'classes'), readFileSync(libraries, 'utf8').trim()].join(delimiter);
}

/**
 * The service, with a database of its own that is removed at the end.
 * @param {{java: string, log: string, running: Running}} options
 * @returns {Promise<Started>}
 */
export async function startServe({ java, log, running }) {
  const { jar } = findPlaces({ java });
  const data = mkdtempSync(join(tmpdir(), 'moodle-mcp-conformance-'));
  running.add({ stop: async () => { rmSync(data, { recursive: true, force: true }); } });
  const service = await startService({
    java, jar, port: await freePort(), data: join(data, 'data'), log, running,
    settings: { REQUESTS_PER_MINUTE: '0' }, // The suite asks faster than people do.
  });
  return {
    url: service.url, key: await service.newKey(ACCOUNT, 'Conformance suite'), child: service.child,
    newLink: () => service.newLink(ACCOUNT),
  };
}
