/** The demo Moodle, run as its own program, and its controls. */

import { Child } from './child.mjs';
import { QUICK_START } from './places.mjs';
import { until } from './until.mjs';

const MAIN = 'io.github.moodlemcp.testkit.moodle.DemoMoodleMain';
const START_MS = 60_000;

/** @typedef {{username: string, password: string}} Login */
/** @typedef {'none' | 'html_error' | 'empty' | 'maintenance' | 'slow' | 'login_everywhere' | 'waf_403'} FaultMode */
/** @typedef {{requests: {method: string, path: string, count: number}[], functions: {name: string, count: number}[], attempts: number}} Traffic */

/** A running demo Moodle. */
export class DemoMoodle {
  #child;
  #url;
  #logins;

  /**
   * @param {Child} child
   * @param {string} url
   * @param {Login[]} logins
   */
  constructor(child, url, logins) {
    this.#child = child;
    this.#url = url;
    this.#logins = logins;
  }

  /** The site's address, without a slash at the end. */
  get url() {
    return this.#url;
  }

  /** The program. */
  get child() {
    return this.#child;
  }

  /** The site's name in results: host and path. */
  get site() {
    return this.#url.replace(/^https?:\/\//, '');
  }

  get logins() {
    return this.#logins;
  }

  /** @param {string} username */
  login(username) {
    const login = this.#logins.find((candidate) => candidate.username === username);
    if (!login) throw new Error(`The demo Moodle has no user ${username}.`);
    return login;
  }

  /**
   * Makes the site misbehave until the next call.
   * @param {FaultMode} mode
   * @param {'all' | 'ajax' | 'pages'} [target]
   * @param {number} [millis] how late `slow` is
   */
  async fault(mode, target = 'all', millis = 5_000) {
    await this.#control('POST', 'fault', { mode, target, millis });
  }

  /** Waits until a call of its AJAX service has arrived since {@link forgetTraffic}. */
  async untilAsked() {
    await until('call of the Moodle', async () => (await this.traffic()).requests.some(
      ({ path }) => path.endsWith('/lib/ajax/service.php'),
    ));
  }

  /** Makes the sesskey that every page knows stale. */
  async rotateSesskeys() {
    await this.#control('POST', 'rotate-sesskey');
  }

  async logOutEverybody() {
    await this.#control('POST', 'logout-all');
  }

  /** @returns {Promise<Traffic>} what was asked of it */
  async traffic() {
    return (await this.#control('GET', 'requests')).json();
  }

  async forgetTraffic() {
    await this.#control('DELETE', 'requests');
  }

  stop() {
    return this.#child.stop();
  }

  kill() {
    this.#child.kill();
  }

  /**
   * @param {string} method
   * @param {string} name
   * @param {object} [body]
   */
  async #control(method, name, body) {
    const response = await fetch(new URL(`/demo/${name}`, this.#url), {
      method, ...(body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    });
    if (!response.ok) throw new Error(`The demo Moodle refused ${method} ${name}: ${await response.text()}`);
    return response;
  }
}

/**
 * Starts a demo Moodle and waits until it answers.
 * @param {{java: string, testkit: string, port: number, log?: string, running: import('./running.mjs').Running}} options
 * @returns {Promise<DemoMoodle>}
 */
export async function startDemoMoodle({ java, testkit, port, log, running }) {
  const args = [...QUICK_START, '-cp', testkit, MAIN, '--port', String(port), '--path', '/moodle'];
  const child = running.add(new Child('The demo Moodle', java, args, { log }));
  const started = await child.line(/runs at (http\S+) \(logins: (.*)\)/, { ms: START_MS });
  return new DemoMoodle(child, String(started[1]), String(started[2]).split(', ').map(loginOf));
}

/**
 * @param {string} text
 * @returns {Login}
 */
function loginOf(text) {
  const [username = '', password = ''] = text.split(' / ');
  return { username, password };
}
