/** The person's own session on a Moodle site: who it is, and the key that Moodle's AJAX calls need. */

import { Failure, asFailure } from '../failure.js';
import { isObject, integerOf, parseJson, textOf } from '../json.js';
import { siteName } from './sites.js';
import { knownZone } from './time.js';
import { unlessAborted } from '../abort.js';

/** @typedef {import('./sites.js').Site} Site */
/**
 * @typedef {object} Session
 * @property {string} sesskey
 * @property {number} userId
 * @property {string} zone the person's time zone in Moodle
 * @property {number} contextId a context that the person may certainly name in a call
 */

/**
 * @typedef {object} PageConfig
 * @property {string} wwwroot
 * @property {string} sesskey
 * @property {number | null} userId
 * @property {string} zone
 * @property {number | null} contextId
 */

/**
 * `M.cfg` of a Moodle page, or null when the page has none. A page of an anonymous visitor has a key too: only a
 * `userId` above 0 means that somebody is signed in. Older versions of Moodle do not tell a user id.
 * @param {string} html
 * @returns {PageConfig | null}
 */
export function pageConfig(html) {
  const found = /M\.cfg\s*=\s*(\{.*?\});/s.exec(html);
  const cfg = found ? parseJson(found[1]) : undefined;
  if (!isObject(cfg) || typeof cfg.wwwroot !== 'string') return null;
  return {
    wwwroot: cfg.wwwroot, sesskey: textOf(cfg.sesskey), userId: integerOf(cfg.userId),
    zone: knownZone(textOf(cfg.usertimezone)), contextId: integerOf(cfg.contextid),
  };
}

/**
 * What `/login/index.php` says: `M.cfg` of the person who is signed in.
 * @param {string} site
 * @param {import('./requests.js').Answer} answer
 * @returns {PageConfig}
 */
export function readLoginPage(site, answer) {
  checkStatus(site, answer);
  if (answer.redirected) throw new Failure('signed_out', { site });
  const cfg = pageConfig(answer.text);
  if (!cfg) throw new Failure('unexpected_answer', { site, detail: 'no_moodle_page' });
  const form = /<input[^>]+name="logintoken"/.test(answer.text);
  if (cfg.userId === 0 || form || cfg.sesskey === '') throw new Failure('signed_out', { site });
  return cfg;
}

/**
 * Refuses an HTTP status that Moodle's own pages and answers never have.
 * @param {string} site
 * @param {{status: number}} answer
 */
export function checkStatus(site, { status }) {
  if (status === 503) throw new Failure('maintenance', { site });
  if (status === 502 || status === 504) throw new Failure('unreachable', { site, detail: `http_${status}` });
  if (status >= 400) throw new Failure('unexpected_answer', { site, detail: `http_${status}` });
}

/** Finds and remembers the session of each site. The key stays in the browser's memory. */
export class Sessions {
  #requests;
  #memory;
  #pin;
  /** @type {Map<string, Promise<Session>>} */
  #reading = new Map();

  /**
   * @param {object} parts
   * @param {import('./requests.js').Requests} parts.requests
   * @param {import('../capabilities.js').Area} parts.memory forgets everything when the browser ends
   * @param {(site: string, userId: number) => Promise<number>} parts.pin remembers the first user of a site, and
   *     tells which one that is
   */
  constructor({ requests, memory, pin }) {
    this.#requests = requests;
    this.#memory = memory;
    this.#pin = pin;
  }

  /**
   * The remembered session, or null.
   * @param {Site} site
   * @returns {Promise<Session | null>}
   */
  async remembered(site) {
    const stored = await this.#memory.get(keyOf(site));
    const valid = isObject(stored) && typeof stored.sesskey === 'string' && typeof stored.userId === 'number'
      && typeof stored.zone === 'string' && typeof stored.contextId === 'number';
    return valid ? /** @type {Session} */ (/** @type {unknown} */ (stored)) : null;
  }

  /**
   * The session, read from the site when it is not remembered.
   * @param {Site} site
   * @param {AbortSignal} [signal]
   * @returns {Promise<Session>}
   */
  async current(site, signal) {
    return (await this.remembered(site)) ?? this.#readOnce(site, signal);
  }

  /**
   * A session other than the stale one; fails when somebody else is signed in now.
   * @param {Site} site
   * @param {Session} stale
   * @param {AbortSignal} [signal]
   * @returns {Promise<Session>}
   */
  async renew(site, stale, signal) {
    const known = await this.remembered(site);
    if (known && known.sesskey !== stale.sesskey) return known;
    await this.forget(site);
    const fresh = await this.#readOnce(site, signal);
    if (fresh.userId !== stale.userId) throw new Failure('site_changed_user', { site: site.site });
    return fresh;
  }

  /** @param {Site} site */
  forget(site) {
    return this.#memory.remove(keyOf(site));
  }

  /**
   * Reads the session from the site's login page, once for all who ask at the same time.
   * @param {Site} site
   * @param {AbortSignal} [signal]
   * @returns {Promise<Session>}
   */
  async #readOnce(site, signal) {
    const reading = this.#reading.get(site.site) ?? this.#read(site).finally(() => this.#reading.delete(site.site));
    this.#reading.set(site.site, reading);
    return signal ? unlessAborted(signal, reading) : reading;
  }

  /**
   * @param {Site} site
   * @returns {Promise<Session>}
   */
  async #read(site) {
    const cfg = readLoginPage(site.site, await this.#loginPage(site.url));
    if (siteName(cfg.wwwroot) !== site.site) {
      throw new Failure('unexpected_answer', { site: site.site, detail: 'other_moodle' });
    }
    const userId = cfg.userId ?? (await this.#askUserId(site, cfg.sesskey));
    if (userId <= 0) throw new Failure('signed_out', { site: site.site });
    if ((await this.#pin(site.site, userId)) !== userId) throw new ChangedUser(site.site, userId);
    const session = { sesskey: cfg.sesskey, userId, zone: cfg.zone, contextId: cfg.contextId ?? 1 };
    await this.#memory.set(keyOf(site), session);
    return session;
  }

  /**
   * The login page. A site whose sign-in lives elsewhere redirects there, which the browser reports like a dead
   * network; asking without following tells the two apart.
   * @param {string} root
   */
  async #loginPage(root) {
    try {
      return await this.#requests.get(root, '/login/index.php');
    } catch (error) {
      if (asFailure(error).reason !== 'unreachable') throw error;
      const answer = await this.#requests.get(root, '/login/index.php', { redirect: 'manual' });
      if (answer.redirected) throw new Failure('signed_out', { site: siteName(root) });
      return answer;
    }
  }

  /**
   * The user id on sites whose pages do not tell it.
   * @param {Site} site
   * @param {string} sesskey
   */
  async #askUserId(site, sesskey) {
    const method = 'core_session_time_remaining';
    const query = new URLSearchParams({ sesskey, info: method, nosessionupdate: 'true' });
    const body = [{ index: 0, methodname: method, args: {} }];
    const { text } = await this.#requests.post(site.url, '/lib/ajax/service.php', query, body);
    const answer = parseJson(text);
    const first = Array.isArray(answer) && isObject(answer[0]) && isObject(answer[0].data) ? answer[0].data : {};
    return integerOf(first.userid) ?? 0;
  }
}

/** Somebody else is signed in than the user a site is used as. */
export class ChangedUser extends Failure {
  /**
   * @param {string} site
   * @param {number} userId who is signed in now
   */
  constructor(site, userId) {
    super('site_changed_user', { site });
    this.userId = userId;
  }
}

/** @param {Site} site */
function keyOf(site) {
  return `session:${site.site}`;
}
