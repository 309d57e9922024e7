/** The only code that sends requests to a Moodle site: fixed paths, two requests at a time per site. */

import { Failure } from '../failure.js';
import { originPattern, siteName } from './sites.js';
import { Gate } from './gate.js';
import { addressOf } from './page-list.js';
import { pathOf } from './form-list.js';

const TIMEOUT_MS = 20_000;

/** For a form or a file that is sent: Moodle may write mails to many before it answers. */
const SEND_MS = 240_000;

const AT_A_TIME = 2;

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {boolean} redirected true for a redirect that was not followed
 * @property {string} url where a followed request ended
 * @property {string} text
 */

/** Sends requests with the person's cookies. Every failure is a {@link Failure} that names the site. */
export class Requests {
  #fetch;
  #hasPermission;
  #timeout;
  #gate = new Gate(AT_A_TIME);

  /**
   * @param {object} parts
   * @param {import('../capabilities.js').Fetch} parts.fetch
   * @param {(pattern: string) => Promise<boolean>} parts.hasPermission
   * @param {(ms: number) => AbortSignal} [parts.timeout]
   */
  constructor({ fetch, hasPermission, timeout = (ms) => AbortSignal.timeout(ms) }) {
    this.#fetch = fetch;
    this.#hasPermission = hasPermission;
    this.#timeout = timeout;
  }

  /**
   * @param {string} root the site's address
   * @param {'/login/index.php'} path
   * @param {{signal?: AbortSignal, redirect?: 'follow' | 'manual'}} [options]
   * @returns {Promise<Answer>}
   */
  get(root, path, { signal, redirect = 'follow' } = {}) {
    return this.#send(root, path, { method: 'GET', redirect }, signal);
  }

  /**
   * Asks for a page of the list; a redirect is not followed.
   * @param {string} root the site's address
   * @param {import('./page-list.js').PageName} name
   * @param {readonly number[]} values
   * @param {{signal?: AbortSignal, words?: string}} [options]
   * @returns {Promise<Answer>}
   */
  page(root, name, values, { signal, words } = {}) {
    return this.#send(root, addressOf(name, values, words), { method: 'GET', redirect: 'manual' }, signal);
  }

  /**
   * Has a file of the site fetched when its turn comes.
   * @template T
   * @param {string} root the site's address
   * @param {import('./files.js').FileLink} link
   * @param {(url: string) => Promise<T>} fetchIt settles when the file has come
   * @returns {Promise<T>}
   */
  async file(root, link, fetchIt) {
    await this.#checkPermission(root);
    return this.#gate.run(root, undefined, () => fetchIt(root + link.address));
  }

  /**
   * Posts JSON; a redirect is not followed.
   * @param {string} root the site's address
   * @param {'/lib/ajax/service.php' | '/lib/ajax/service-nologin.php'} path
   * @param {URLSearchParams} query
   * @param {unknown} body
   * @param {{signal?: AbortSignal}} [options]
   * @returns {Promise<Answer>}
   */
  post(root, path, query, body, { signal } = {}) {
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', redirect: /** @type {const} */ ('manual'), headers, body: JSON.stringify(body) };
    return this.#send(root, `${path}?${query}`, init, signal);
  }

  /**
   * Sends a form of the list as a browser does; a redirect is not followed.
   * @param {string} root the site's address
   * @param {import('./form-list.js').FormName} name
   * @param {[string, string][]} fields
   * @returns {Promise<Answer>}
   */
  form(root, name, fields) {
    const init = { method: 'POST', redirect: /** @type {const} */ ('manual'), body: new URLSearchParams(fields) };
    return this.#send(root, pathOf(name, fields), init, undefined, SEND_MS);
  }

  /**
   * Puts a file into a draft area of the person.
   * @param {string} root the site's address
   * @param {FormData} body
   * @returns {Promise<Answer>}
   */
  upload(root, body) {
    const init = { method: 'POST', redirect: /** @type {const} */ ('manual'), body };
    return this.#send(root, '/repository/repository_ajax.php?action=upload', init, undefined, SEND_MS);
  }

  /** @param {string} root */
  async #checkPermission(root) {
    if (await this.#hasPermission(originPattern(root))) return;
    throw new Failure('no_permission', { site: siteName(root) });
  }

  /**
   * @param {string} root
   * @param {string} pathAndQuery
   * @param {RequestInit} init
   * @param {AbortSignal | undefined} signal
   * @param {number} [within] milliseconds
   * @returns {Promise<Answer>}
   */
  async #send(root, pathAndQuery, init, signal, within = TIMEOUT_MS) {
    await this.#checkPermission(root);
    return this.#gate.run(root, signal, async () => {
      const timeout = this.#timeout(within);
      const either = signal ? AbortSignal.any([signal, timeout]) : timeout;
      try {
        const response = await this.#fetch(root + pathAndQuery, {
          ...init, credentials: 'include', cache: 'no-store', signal: either,
        });
        return {
          status: response.status,
          redirected: response.type === 'opaqueredirect',
          url: response.url,
          text: await response.text(),
        };
      } catch {
        signal?.throwIfAborted();
        throw new Failure('unreachable', { site: siteName(root) });
      }
    });
  }
}
