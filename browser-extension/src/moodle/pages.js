/** Moodle's pages, read in the person's session. */

import { ChangedUser, checkStatus, pageConfig } from './session.js';
import { Failure } from '../failure.js';
import { PAGES } from './page-list.js';
import { failureOf } from './ajax.js';
import { siteName } from './sites.js';

/** @typedef {import('./sites.js').Site} Site */
/** @typedef {import('./page-list.js').PageName} PageName */
/** @typedef {import('./requests.js').Answer} Answer */

/** Why a redirect says that the thing is not there for this person: the session itself was in order. */
const NOT_SHOWN = 'not_shown';

/** What a redirect can mean besides. @type {readonly string[]} */
const IN_THE_WAY = ['person_needed', 'maintenance'];

/** Reads pages. A redirect is never followed, so a page that would lead into an attempt leads nowhere. */
export class Pages {
  #requests;
  #sessions;
  #ajax;

  /**
   * @param {import('./requests.js').Requests} requests
   * @param {import('./session.js').Sessions} sessions
   * @param {import('./ajax.js').Ajax} ajax
   */
  constructor(requests, sessions, ajax) {
    this.#requests = requests;
    this.#sessions = sessions;
    this.#ajax = ajax;
  }

  /**
   * The HTML of a page that is certainly the one asked for, and the signed-in person's.
   * @param {Site} site
   * @param {PageName} name
   * @param {readonly number[]} values the page's numbers, in the order of the list
   * @param {AbortSignal} [signal]
   * @param {string} [words] for a page that takes some
   * @returns {Promise<string>}
   */
  async read(site, name, values, signal, words) {
    const session = await this.#sessions.current(site, signal);
    const answer = await this.#requests.page(site.url, name, values, { signal, words });
    if (answer.redirected) throw await this.#whyRedirected(site, signal);
    checkPage(site, answer, PAGES[name].body);
    const cfg = pageConfig(answer.text);
    if (cfg?.userId === 0) return this.#signedOut(site);
    if (cfg?.userId && cfg.userId !== session.userId) {
      await this.#sessions.forget(site);
      throw new ChangedUser(site.site, cfg.userId);
    }
    if (cfg?.sesskey !== session.sesskey) await this.#sessions.renew(site, session, signal);
    return answer.text;
  }

  /**
   * Moodle redirects to the sign-in, to what it wants from the person first, or away from what it does not show. A call
   * tells which.
   * @param {Site} site
   * @param {AbortSignal} [signal]
   * @returns {Promise<Failure>}
   */
  async #whyRedirected(site, signal) {
    const asked = [{ method: 'core_user_get_user_preferences', args: { name: 'htmleditor' } }];
    const [outcome] = await this.#ajax.batch(site, asked, { signal });
    const inTheWay = 'failure' in outcome && IN_THE_WAY.includes(outcome.failure.reason);
    return inTheWay ? outcome.failure : new Failure('not_found', { site: site.site, detail: NOT_SHOWN });
  }

  /**
   * @param {Site} site
   * @returns {Promise<never>}
   */
  async #signedOut(site) {
    await this.#sessions.forget(site);
    throw new Failure('signed_out', { site: site.site });
  }
}

/**
 * @param {Site} site
 * @param {Answer} answer
 * @param {string} body
 */
function checkPage(site, answer, body) {
  const code = errorCode(answer.text);
  if (code !== null) throw failureOf(site.site, code, false);
  checkStatus(site.site, answer);
  const cfg = pageConfig(answer.text);
  if (!cfg) throw new Failure('unexpected_answer', { site: site.site, detail: 'no_moodle_page' });
  if (siteName(cfg.wwwroot) !== site.site) {
    throw new Failure('unexpected_answer', { site: site.site, detail: 'other_moodle' });
  }
  const shown = /<body[^>]*\sid="([^"]*)"/.exec(answer.text)?.[1];
  if (shown !== body) throw new Failure('not_found', { site: site.site, detail: NOT_SHOWN });
}

/**
 * The code of Moodle's error page, the same in every language, or null for another page.
 * @param {string} html
 */
function errorCode(html) {
  if (!/data-rel="fatalerror"/.test(html)) return null;
  return /\/error\/\w+\/(\w+)"/.exec(html)?.[1] ?? 'error';
}
