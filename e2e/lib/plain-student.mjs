/**
 * The operations of the built extension without a browser around them: what they ask of a Moodle can be counted and
 * timed. Cookies, the DOM and documents are Node's, everything else is what is shipped.
 */

import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** @typedef {{requests: number, bytes: number, ms: number, result: any}} Measured */

/**
 * A student who is signed in to a Moodle.
 * @param {object} options
 * @param {string} options.extension the folder of the built extension
 * @param {string} options.url the Moodle's address
 * @param {{username: string, password: string}} options.login
 * @param {number} [options.latency] how long each request takes longer, in milliseconds
 */
export async function plainStudent({ extension, url, login, latency = 0 }) {
  const load = (/** @type {string} */ path) => import(pathToFileURL(join(extension, path)).href);
  const dom = join(extension, '..', '..', 'node_modules', 'linkedom', 'esm', 'index.js');
  const { DOMParser } = await import(pathToFileURL(dom).href);
  Object.assign(globalThis, { DOMParser });
  const count = { requests: 0, bytes: 0 };
  const cookies = await signIn(url, login);
  const fetchAsBrowser = countingFetch(cookies, latency, count);
  const { site, context } = await partsOf(load, url, fetchAsBrowser);
  const { OPERATIONS } = await load('operations/index.js');

  return {
    /**
     * @param {string} name
     * @param {Record<string, unknown>} [args]
     * @returns {Promise<Measured>}
     */
    async call(name, args = {}) {
      const operation = OPERATIONS.get(name);
      const before = { ...count };
      const began = performance.now();
      const used = { ...context, signal: new AbortController().signal };
      const result = await (operation.on === 'all' ? operation.run(args, used) : operation.run(args, site, used));
      return {
        requests: count.requests - before.requests, bytes: count.bytes - before.bytes, ms: performance.now() - began, result,
      };
    },
    names: [...OPERATIONS.keys()],
    /** @param {string} name */
    sideEffect: (name) => OPERATIONS.get(name)?.sideEffect,
  };
}

/**
 * What the background wires, around a storage that is forgotten at the end.
 * @param {(path: string) => Promise<any>} load
 * @param {string} url
 * @param {typeof fetch} fetchAsBrowser
 */
async function partsOf(load, url, fetchAsBrowser) {
  const [
    { Ajax }, { MissingFunctions }, { Pages }, { Probe }, { Requests }, { Sessions }, { SiteStates }, { siteName },
    { Files }, { Library }, { SYSTEM_CLOCK }, { localEngine },
  ] = await Promise.all([
    'moodle/ajax.js', 'moodle/missing.js', 'moodle/pages.js', 'moodle/probe.js', 'moodle/requests.js', 'moodle/session.js',
    'moodle/site-states.js', 'moodle/sites.js', 'documents/files.js', 'documents/library.js', 'system-clock.js',
    'engine/engine.js',
  ].map(load));
  const memory = new MemoryArea();
  const site = { site: siteName(url), url };
  const requests = new Requests({ fetch: fetchAsBrowser, hasPermission: async () => true });
  const sessions = new Sessions({ requests, memory, pin: async (/** @type {string} */ _, /** @type {number} */ id) => id });
  const ajax = new Ajax(requests, sessions, new MissingFunctions(memory, Date.now));
  const states = new SiteStates(memory, () => {});
  return {
    site,
    context: {
      ajax,
      pages: new Pages(requests, sessions, ajax),
      files: new Files(requests, new Library({ fetch: fetchAsBrowser, clock: SYSTEM_CLOCK })),
      probe: new Probe({ ajax, sessions, states, now: Date.now }),
      engine: localEngine(),
      now: Date.now,
      sites: [site],
    },
  };
}

/** A storage area in memory. */
class MemoryArea {
  #content = new Map();

  get = async (/** @type {string} */ key) => structuredClone(this.#content.get(key));
  set = async (/** @type {string} */ key, /** @type {unknown} */ value) => { this.#content.set(key, structuredClone(value)); };
  remove = async (/** @type {string} */ key) => { this.#content.delete(key); };
}

/**
 * Signs in on the login page, as a person does.
 * @param {string} url
 * @param {{username: string, password: string}} login
 * @returns {Promise<string>} the cookies
 */
async function signIn(url, { username, password }) {
  const page = await fetch(`${url}/login/index.php`);
  const first = cookiesOf(page, new Map());
  const token = /name="logintoken" value="([^"]*)"/.exec(await page.text())?.[1] ?? '';
  const answer = await fetch(`${url}/login/index.php`, {
    method: 'POST', redirect: 'manual', headers: { cookie: written(first) },
    body: new URLSearchParams({ username, password, logintoken: token, anchor: '' }),
  });
  const cookies = cookiesOf(answer, first);
  if (answer.status !== 303 || /login\/index\.php$/.test(answer.headers.get('location') ?? '')) {
    throw new Error(`${username} could not sign in to ${url}.`);
  }
  return written(cookies);
}

/** @param {Response} response @param {Map<string, string>} known */
function cookiesOf(response, known) {
  const set = response.headers.getSetCookie().map((line) => /** @type {[string, string]} */ (
    (line.split(';')[0] ?? '').split(/=(.*)/s).slice(0, 2)));
  return new Map([...known, ...set]);
}

/** @param {Map<string, string>} cookies */
function written(cookies) {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
}

/**
 * A `fetch` with cookies that shows a redirect as a browser does, and counts.
 * @param {string} cookies
 * @param {number} latency
 * @param {{requests: number, bytes: number}} count
 * @returns {typeof fetch}
 */
function countingFetch(cookies, latency, count) {
  return async (input, init = {}) => {
    count.requests += 1;
    const headers = { ...init.headers, cookie: cookies };
    const [response] = await Promise.all([fetch(input, { ...init, headers }), wait(latency)]);
    const isRedirect = init.redirect === 'manual' && response.status >= 300 && response.status < 400;
    if (isRedirect) return /** @type {any} */ ({ status: 0, type: 'opaqueredirect', url: '', headers: new Headers(), text: async () => '' });
    const bytes = await response.arrayBuffer();
    count.bytes += bytes.byteLength;
    return new Response(bytes, { status: response.status, headers: response.headers });
  };
}
