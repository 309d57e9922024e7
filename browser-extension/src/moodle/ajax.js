/** Moodle's AJAX calls (`lib/ajax/service.php`), as its own pages make them. */

import { Failure } from '../failure.js';
import { isObject, parseJson, textOf } from '../json.js';
import { checkStatus } from './session.js';

/** @typedef {import('./sites.js').Site} Site */
/** @typedef {import('./session.js').Session} Session */
/** @typedef {import('../json.js').JsonObject} JsonObject */
/** @typedef {{method: string, args: JsonObject}} Call */

/**
 * What became of one call.
 * @typedef {{data: unknown} | {failure: Failure}} Outcome
 */

/**
 * @typedef {object} Options
 * @property {AbortSignal} [signal]
 * @property {boolean} [background] the call must not prolong the person's session
 */

/** Error codes that mean: the thing asked for is not there for this person. */
const NOT_FOUND = new Set([
  'invalidrecord', 'invalidrecordunknown', 'invalidcourseid', 'invalidcoursemodule', 'invalidcoursemoduleid',
  'requireloginerror', 'coursehidden', 'nopermissiontoviewcourse', 'notenrolled',
]);

/** Error codes that mean: Moodle wants a policy agreed to, a new password, a whole profile or a second factor first. */
const PERSON_NEEDED = new Set([
  'sitepolicynotagreed', 'forcepasswordchangenotice', 'usernotfullysetup', 'redirecterrordetected',
]);

const MAINTENANCE = new Set(['sitemaintenance', 'upgraderunning']);

/** Makes calls in the person's session. */
export class Ajax {
  #requests;
  #sessions;
  #missing;

  /**
   * @param {import('./requests.js').Requests} requests
   * @param {import('./session.js').Sessions} sessions
   * @param {import('./missing.js').MissingFunctions} missing
   */
  constructor(requests, sessions, missing) {
    this.#requests = requests;
    this.#sessions = sessions;
    this.#missing = missing;
  }

  /**
   * Who is signed in, and their time zone.
   * @param {Site} site
   * @param {AbortSignal} [signal]
   * @returns {Promise<Session>}
   */
  session(site, signal) {
    return this.#sessions.current(site, signal);
  }

  /**
   * The data of one call.
   * @param {Site} site
   * @param {string} method
   * @param {JsonObject} args
   * @param {Options} [options]
   * @returns {Promise<unknown>}
   */
  async call(site, method, args, options = {}) {
    return dataOf((await this.batch(site, [{ method, args }], options))[0]);
  }

  /**
   * The outcomes of several reads, made in one request. Moodle stops at the first that fails, so those after it are
   * made again one by one. A function that the site was found not to have is not asked for again.
   * @param {Site} site
   * @param {Call[]} calls
   * @param {Options} [options]
   * @returns {Promise<Outcome[]>}
   */
  async batch(site, calls, options = {}) {
    const missing = await this.#missing.of(site);
    const asked = calls.filter(({ method }) => !missing.has(method));
    const outcomes = asked.length === 0 ? [] : await this.#inSession(site, asked, options);
    for (const call of asked.slice(outcomes.length)) {
      outcomes.push(...(await this.#inSession(site, [call], options)));
    }
    await this.#missing.learn(site, asked.filter((_, index) => isUnsupported(outcomes[index])));
    return calls.map(({ method }) => (missing.has(method)
      ? { failure: new Failure('unsupported_by_site', { site: site.site, detail: 'servicenotavailable' }) }
      : /** @type {Outcome} */ (outcomes.shift())));
  }

  /**
   * Outcomes of the first calls, at least one of a single call. A key that has gone stale is read anew once.
   * @param {Site} site
   * @param {Call[]} calls
   * @param {Options} options
   * @returns {Promise<Outcome[]>}
   */
  async #inSession(site, calls, options) {
    const session = await this.#sessions.current(site, options.signal);
    const first = await this.#post(site, session, calls, options);
    if (!first.some(isStaleKey)) return this.#checked(site, first);
    const fresh = await this.#sessions.renew(site, session, options.signal);
    const second = await this.#post(site, fresh, calls, options);
    if (second.some(isStaleKey)) throw new Failure('unexpected_answer', { site: site.site, detail: 'invalidsesskey' });
    return this.#checked(site, second);
  }

  /**
   * @param {Site} site
   * @param {Outcome[]} outcomes
   * @returns {Promise<Outcome[]>}
   */
  async #checked(site, outcomes) {
    const signedOut = outcomes.find((outcome) => 'failure' in outcome && outcome.failure.reason === 'signed_out');
    if (!signedOut) return outcomes;
    await this.#sessions.forget(site);
    throw new Failure('signed_out', { site: site.site });
  }

  /**
   * @param {Site} site
   * @param {Session} session
   * @param {Call[]} calls
   * @param {Options} options
   * @returns {Promise<Outcome[]>}
   */
  async #post(site, session, calls, { signal, background }) {
    const query = new URLSearchParams({ sesskey: session.sesskey, info: calls.map((call) => call.method).join() });
    if (background) query.set('nosessionupdate', 'true');
    const body = calls.map(({ method, args }, index) => ({ index, methodname: method, args }));
    const answer = await this.#requests.post(site.url, '/lib/ajax/service.php', query, body, { signal });
    checkStatus(site.site, answer);
    if (answer.redirected) return [{ failure: new Failure('signed_out', { site: site.site }) }];
    return readOutcomes(site.site, answer.text, calls.length);
  }
}

/**
 * The data of an outcome; throws its failure.
 * @param {Outcome} outcome
 * @returns {unknown}
 */
export function dataOf(outcome) {
  if ('failure' in outcome) throw outcome.failure;
  return outcome.data;
}

/**
 * Reads an answer: an array that ends at the first call that failed, or a bare object when Moodle met an exception
 * outside a call, most often a function that it does not have. Of a batch such an object says nothing about single
 * calls, so then there are no outcomes.
 * @param {string} site
 * @param {string} text
 * @param {number} count how many calls were made
 * @returns {Outcome[]}
 */
export function readOutcomes(site, text, count) {
  const answer = parseJson(text);
  if (Array.isArray(answer) && answer.length > 0 && answer.length <= count) {
    return answer.map((entry) => readEntry(site, entry));
  }
  if (isObject(answer) && typeof answer.errorcode === 'string') {
    const failure = failureOf(site, answer.errorcode, true);
    return count === 1 || failure.reason === 'signed_out' ? [{ failure }] : [];
  }
  throw new Failure('unexpected_answer', { site, detail: kindOf(text) });
}

/**
 * @param {string} site
 * @param {unknown} entry
 * @returns {Outcome}
 */
function readEntry(site, entry) {
  if (!isObject(entry)) return { failure: new Failure('unexpected_answer', { site, detail: 'shape' }) };
  if (entry.error === false) return { data: entry.data };
  const exception = isObject(entry.exception) ? entry.exception : entry;
  return { failure: failureOf(site, textOf(exception.errorcode), false) };
}

/**
 * The failure that Moodle's error code stands for.
 * @param {string} site
 * @param {string} code Moodle's error code, the same in every language
 * @param {boolean} bare whether the exception came outside a call
 * @returns {Failure}
 */
export function failureOf(site, code, bare) {
  if (code === 'servicerequireslogin') return new Failure('signed_out', { site });
  if (MAINTENANCE.has(code)) return new Failure('maintenance', { site });
  if (code === 'servicenotavailable' || (bare && code.startsWith('invalidrecord'))) {
    return new Failure('unsupported_by_site', { site, detail: code });
  }
  if (PERSON_NEEDED.has(code)) return new Failure('person_needed', { site, detail: code });
  if (NOT_FOUND.has(code)) return new Failure('not_found', { site, detail: code });
  return new Failure('moodle_refused', { site, detail: code });
}

/**
 * Whether the site does not have the function at all.
 * @param {Outcome} outcome
 */
export function isUnsupported(outcome) {
  return 'failure' in outcome && outcome.failure.reason === 'unsupported_by_site';
}

/** @param {Outcome} outcome */
function isStaleKey(outcome) {
  return 'failure' in outcome && outcome.failure.detail === 'invalidsesskey';
}

/** @param {string} text */
function kindOf(text) {
  if (text.trim() === '') return 'empty';
  return text.trimStart().startsWith('<') ? 'html' : 'not_json';
}
